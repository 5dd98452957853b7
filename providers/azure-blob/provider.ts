/**
 * Azure Blob Storage: `az://` for every storage account that the credentials see,
 * `az://ACCOUNT[/CONTAINER[/PREFIX]]` for one.
 *
 * The Resource Manager tells the switches of an account where a token may ask it; keys and SAS
 * cannot, and then the unsigned request decides.
 */
import { azureFacts } from '../../src/exposure/azure.ts';
import { azureLinkFacts } from '../../src/exposure/azure-links.ts';
import type { AccessFact } from '../../src/model/access.ts';
import type { Asset, ObjectRef } from '../../src/model/asset.ts';
import { addressOf } from '../../src/model/domain.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type {
  Connection,
  Probed,
  Provider,
  ProviderContext,
  TargetSpec,
} from '../../src/model/provider.ts';
import { type HttpClient, httpClient } from '../../src/net/client.ts';
import { tryDoors } from '../doors.ts';
import { keysToTry, unansweredGaps, unaskedFacts } from '../outsider.ts';
import { type Arm, armOf } from './arm.ts';
import { type ServiceFactory, serviceFactory } from './client.ts';
import { tokensOf } from './credentials.ts';
import { discover, type Place, settingsOf } from './discovery.ts';
import { type Gathered, gather, type Unread } from './documents.ts';
import { linkReader } from './links.ts';
import { listBlobs, namedBlobs, readSigned, readUnsigned } from './objects.ts';
import { LEAST_PRIVILEGE } from './permissions.ts';
import { type Door, openBlobs, probeBlob, probeList } from './probes.ts';
import { prove, REMEDIES } from './remedies.ts';
import { type AzureTarget, hasArm, hostsOf, readTarget } from './target.ts';
import { tryPermissions } from './trials.ts';

export const azureBlob: Provider = {
  id: 'azure-blob',
  title: 'Azure Blob Storage',
  schemes: ['az'],
  leastPrivilege: LEAST_PRIVILEGE,
  tryPermissions,
  remedies: REMEDIES,
  prove,
  plan(target, env) {
    const read = readTarget(target, env);
    return { hosts: hostsOf(read), calls: callsOf(read) };
  },
  async connect(target, context) {
    return connection(target, context);
  },
  outside: ({ account = '', name, url }, spec) => ({
    uri: `az://${account}/${name}`,
    endpoint: url.slice(0, -name.length - 1),
    anonymous: true,
    ...(spec.name !== undefined && { name: spec.name }),
    ...(spec.domains !== undefined && { domains: spec.domains }),
  }),
};

/** In Azure's own names, so that an operator finds them in the logs. */
function callsOf(target: AzureTarget): readonly string[] {
  const unsigned = ['List Blobs (unsigned)', 'Get Blob and Get Blob Properties (unsigned)'];
  if (target.access.kind === 'anonymous') return unsigned;
  const arm = [
    'Resource Manager: Resource Graph - Resources (POST)',
    'Resource Manager: Subscriptions - List',
    'Resource Manager: Storage Accounts - List and Get Properties',
    'Resource Manager: Blob Containers - List',
  ];
  return [
    ...(hasArm(target) ? arm : []),
    'List Containers',
    'Get Container Properties',
    'Get Container ACL',
    'Get Blob Service Properties',
    'List Blobs',
    'Get Blob',
    ...unsigned,
  ];
}

function connection(spec: TargetSpec, context: ProviderContext): Connection {
  const target = readTarget(spec, context.env);
  const http = httpClient(context);
  const tokens = tokensOf(target, context);
  const arm = hasArm(target) ? armOf(target, http, tokens) : null;
  const service = serviceFactory(target, http, tokens);
  const linksOf = linkReader(target);
  const anonymous = target.access.kind === 'anonymous';
  /** By asset id. */
  const places = new Map<string, Place>();

  /** An asset may come from another process's discovery: then its own address says where it lies. */
  async function placeOf(asset: Asset): Promise<Place> {
    const known = places.get(asset.id);
    if (known) return known;
    const place = await placeFrom(asset, arm);
    places.set(asset.id, place);
    return place;
  }

  function services({ account, endpoint }: Place): Parameters<typeof listBlobs>[0] {
    const signed = () => service(account, endpoint, 'credentials');
    const unsigned = () => service(account, endpoint, 'anonymous');
    return anonymous ? [unsigned] : [signed, unsigned];
  }

  async function otherDoors(asset: Asset, keys: readonly string[]): Promise<readonly AccessFact[]> {
    // A domain stands for the account; for its website it serves $web at the root.
    const bases = target.domains.map((one) =>
      asset.name === '$web' ? addressOf(one) : `${addressOf(one)}/${asset.name}`,
    );
    return (await tryDoors(http, asset, bases, keys)).facts;
  }

  async function probes(asset: Asset): Promise<Probed> {
    const place = await placeOf(asset);
    const facts: AccessFact[] = [];
    let unread: readonly Unread[] = [];
    if (anonymous) {
      facts.push(...unaskedFacts());
    } else {
      const gathered = await documentsOf(place, arm, service);
      const shared = await linksOf({
        account: place.account,
        container: place.container,
        settings: gathered.linkSettings,
        service: () => service(place.account, place.endpoint, 'credentials'),
      });
      facts.push(
        ...azureFacts(gathered.documents),
        ...azureLinkFacts(place.container, shared.links),
      );
      unread = [...gathered.unread, ...shared.unread];
    }
    const keys = await keysToTry(
      currentBlobs(listBlobs(services(place), place.container, target.prefix, 100)),
    );
    facts.push(...(await probeList(http, blobDoor(place))));
    for (const door of doorsOf(place)) facts.push(...(await tryKeys(http, door, keys)));
    facts.push(...(await otherDoors(asset, keys)));
    return { facts, gaps: gapsOf(asset, unread, facts), objectGrants: false };
  }

  return {
    assets: () => discover({ target, spec, arm, service, places }),
    probes,
    async *objects(asset) {
      const place = await placeOf(asset);
      yield* listBlobs(services(place), place.container, target.prefix);
    },
    async *named(asset, keys) {
      const place = await placeOf(asset);
      yield* namedBlobs([...services(place)].reverse(), place.container, keys);
    },
    async *objectProbes(asset, objects) {
      for (const door of doorsOf(await placeOf(asset))) yield* openBlobs(http, door, objects);
    },
    doors: otherDoors,
    async *read(asset, object, range, as) {
      const place = await placeOf(asset);
      const [blob, website] = doorsOf(place);
      const { account, endpoint, container } = place;
      yield* as === 'anonymous' || anonymous
        ? readUnsigned(http, website ?? blob, object, range)
        : readSigned((tap) => service(account, endpoint, as, tap), container, object, range);
    },
    async close() {
      http.close();
    },
  };
}

async function* currentBlobs(blobs: AsyncIterable<ObjectRef>): AsyncGenerator<ObjectRef> {
  for await (const blob of blobs) if (blob.version === undefined) yield blob;
}

async function placeFrom(asset: Asset, arm: Arm | null): Promise<Place> {
  const account = asset.account ?? '';
  return {
    account,
    container: asset.name,
    endpoint: asset.url.slice(0, -asset.name.length - 1),
    settings: await settingsOf(arm, account),
    level: undefined,
    metadata: {},
  };
}

/** One blob that opens answers for its container, so it is the last that is asked for. */
async function tryKeys(
  http: HttpClient,
  door: Door,
  keys: readonly string[],
): Promise<readonly AccessFact[]> {
  const facts: AccessFact[] = [];
  // A website serves its index document to whoever knows no name.
  for (const key of door.kind === 'website' ? [...keys, ''] : keys) {
    const fact = await probeBlob(http, door, key);
    facts.push(fact);
    if (fact.answer === 'yes') break;
  }
  return facts;
}

function documentsOf(place: Place, arm: Arm | null, service: ServiceFactory): Promise<Gathered> {
  return gather({
    account: place.account,
    container: place.container,
    level: place.level,
    service: () => service(place.account, place.endpoint, 'credentials'),
    async settings() {
      if (!arm) throw new ScanError('no-credentials', NO_ARM);
      const found = place.settings ?? (await arm.account(place.account));
      if (found) return found;
      throw new ScanError('denied', UNSEEN);
    },
  });
}

const NO_ARM =
  'a key or a SAS cannot ask the Resource Manager for allowBlobPublicAccess and the firewall; log in with "az login" to know them too';
const UNSEEN =
  'no subscription that the credentials see has this account; give the scanning identity the Reader role on it';

function blobDoor({ endpoint, container }: Place): Door {
  return { base: `${endpoint}/${container}`, kind: 'blob' };
}

/** `$web` has a second door, which the account's switch does not close. */
function doorsOf(place: Place): readonly [Door, ...Door[]] {
  const website = place.container === '$web' ? place.settings?.webEndpoint : null;
  return website ? [blobDoor(place), { base: website, kind: 'website' }] : [blobDoor(place)];
}

/**
 * What is missing for the verdict. The account's settings are only missed where a public level is set
 * or unread and no unsigned request got through: a private container is private whatever they say.
 */
function gapsOf(
  asset: Asset,
  unread: readonly Unread[],
  facts: readonly AccessFact[],
): readonly Gap[] {
  const read = facts.filter(({ action, audience }) => action === 'read' && audience === 'anyone');
  const decided =
    read.some(({ answer }) => answer === 'yes') ||
    !read.some(({ answer, source }) => answer === 'unknown' && source === 'config');
  const documents = unread
    .filter(({ what }) => what !== 'account settings' || !decided)
    .map(({ code, what, detail }): Gap => ({ code, asset: asset.id, what, detail }));
  return [...documents, ...unansweredGaps(asset, facts)];
}
