// Writes a message as Outlook does: node make-msg.mjs properties.json target.msg (called by make.py)
import { readFileSync, writeFileSync } from 'node:fs';
import { CFB } from '@e965/xlsx';

const [, , source, target] = process.argv;
const message = JSON.parse(readFileSync(source, 'utf8'));
const file = CFB.utils.cfb_new();

/** Header, then sixteen bytes a property: type and number, flags, value. */
function table(headerBytes, numbers) {
  const bytes = Buffer.alloc(headerBytes + numbers.length * 16);
  for (const [at, [tag, value]] of numbers.entries()) {
    bytes.writeUInt32LE(tag >>> 0, headerBytes + at * 16);
    bytes.writeUInt32LE(6, headerBytes + at * 16 + 4);
    bytes.writeUInt32LE(value >>> 0, headerBytes + at * 16 + 8);
  }
  return bytes;
}

function write(folder, { texts, narrow = {}, files = {}, numbers = [], headerBytes }) {
  for (const [id, text] of Object.entries(texts)) {
    CFB.utils.cfb_add(file, `${folder}__substg1.0_${id}001F`, Buffer.from(text, 'utf16le'));
  }
  for (const [id, hex] of Object.entries(narrow)) {
    CFB.utils.cfb_add(file, `${folder}__substg1.0_${id}001E`, Buffer.from(hex, 'hex'));
  }
  for (const [id, hex] of Object.entries(files)) {
    CFB.utils.cfb_add(file, `${folder}__substg1.0_${id}0102`, Buffer.from(hex, 'hex'));
  }
  CFB.utils.cfb_add(file, `${folder}__properties_version1.0`, table(headerBytes, numbers));
}

function message1(folder, content, headerBytes) {
  write(folder, { ...content, headerBytes });
  for (const [at, recipient] of (content.recipients ?? []).entries()) {
    write(`${folder}__recip_version1.0_#0000000${at}/`, { texts: recipient, headerBytes: 8 });
  }
  for (const [at, attachment] of (content.attachments ?? []).entries()) {
    const inner = `${folder}__attach_version1.0_#0000000${at}/`;
    write(inner, { ...attachment, headerBytes: 8 });
    if (attachment.message) message1(`${inner}__substg1.0_3701000D/`, attachment.message, 24);
  }
}

message1('/', message, 32);
// The list of named properties: one, so that no reader stumbles over an empty stream.
for (const [id, bytes] of [
  ['0002', 16],
  ['0003', 8],
  ['0004', 8],
]) {
  CFB.utils.cfb_add(file, `/__nameid_version1.0/__substg1.0_${id}0102`, Buffer.alloc(bytes));
}
writeFileSync(target, CFB.write(file, { type: 'buffer' }));
