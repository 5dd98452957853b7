/** Distinct hashes of a long list: parted by their last byte first, so that each part's table stays in the nearest cache. */

const PARTS: usize = 256;

// @ts-ignore: decorator
@inline
function partOf(hash: u64): usize {
  return <usize>(hash >> 56);
}

/** Counts the parts of `size` hashes at `from` into 257 words at `counts`; returns the size of the largest. */
export function parts(from: usize, size: i32, counts: usize): i32 {
  memory.fill(counts, 0, (PARTS + 1) << 2);
  for (let i = 0; i < size; i++) {
    const at = counts + (partOf(load<u64>(from + (<usize>i << 3))) << 2);
    store<i32>(at, load<i32>(at, 4) + 1, 4);
  }
  let largest = 0;
  for (let part: usize = 0; part < PARTS; part++) {
    const at = counts + (part << 2);
    const count = load<i32>(at, 4);
    if (count > largest) largest = count;
    store<i32>(at, load<i32>(at) + count, 4);
  }
  return largest;
}

/**
 * Moves each of `size` hashes at `from`, whose parts were counted, once to the beginning; returns
 * how many are left. At `parted` is room for as many hashes again, at `table` for four times the
 * largest part.
 */
export function distinct(from: usize, size: i32, counts: usize, parted: usize, table: usize): i32 {
  // Behind this the count of a part is where the next one begins.
  for (let i = 0; i < size; i++) {
    const hash = load<u64>(from + (<usize>i << 3));
    const at = counts + (partOf(hash) << 2);
    const to = load<i32>(at);
    store<u64>(parted + (<usize>to << 3), hash);
    store<i32>(at, to + 1);
  }
  let kept = from;
  let begin = 0;
  for (let part: usize = 0; part < PARTS; part++) {
    const end = load<i32>(counts + (part << 2));
    kept = distinctPart(parted + (<usize>begin << 3), end - begin, table, kept);
    begin = end;
  }
  return <i32>((kept - from) >> 3);
}

function distinctPart(from: usize, size: i32, table: usize, to: usize): usize {
  if (size == 0) return to;
  const room = 1 << (33 - clz(size));
  const mask = <u64>(room - 1);
  memory.fill(table, 0, <usize>room << 3);
  let kept = to;
  let hasZero = false;
  for (let i = 0; i < size; i++) {
    const hash = load<u64>(from + (<usize>i << 3));
    if (hash == 0) {
      // Marks an empty place.
      if (!hasZero) {
        store<u64>(kept, 0);
        kept += 8;
      }
      hasZero = true;
      continue;
    }
    let slot = hash & mask;
    let found = load<u64>(table + (<usize>slot << 3));
    while (found != 0 && found != hash) {
      slot = (slot + 1) & mask;
      found = load<u64>(table + (<usize>slot << 3));
    }
    if (found == hash) continue;
    store<u64>(table + (<usize>slot << 3), hash);
    store<u64>(kept, hash);
    kept += 8;
  }
  return kept;
}
