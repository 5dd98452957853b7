/** Reasons of verdicts in Traditional Chinese; the codes are those of src/model/because. */

function answers(family: string, subject: string): Readonly<Record<string, string>> {
  return {
    [`${family}.allow`]: `${subject}允許任何人執行 {actions}`,
    [`${family}.allow-network`]: `${subject}允許不帶簽署執行 {actions}，但只限來自 {network}`,
    [`${family}.allow-broad`]: `${subject}允許來自 {network} 者不帶簽署執行 {actions}，該範圍佔網際網路的一大部分`,
    [`${family}.allow-account`]: `${subject}允許任何雲端帳戶執行 {actions}，但不接受不帶簽署的要求`,
    [`${family}.allow-organisation`]: `${subject}允許 {keys} 所指明者執行 {actions}`,
    [`${family}.depends`]: `${subject}可能允許 {actions}：取決於文件未能確定的 {keys}`,
    [`${family}.unmet`]: `${subject}要求 {keys}，{caller} 無法提供`,
    [`${family}.refused`]: `${subject}本會允許，但被政策的 Deny {deny} 拒絕`,
  };
}

function voids(family: string, subject: string): Readonly<Record<string, string>> {
  return {
    [`${family}.off`]: `${subject}並無效力：Object Ownership 為 BucketOwnerEnforced`,
    [`${family}.ignored`]: `${subject}並無效力：{level} 已設定 IgnorePublicAcls`,
    [`${family}.no-effect`]: `${subject}並無效力：{dialect} 不採用`,
    [`${family}.guard-unsure`]: `${subject}可能無效：未知 {dialect} 是否執行其防護設定`,
  };
}

const POLICY = '儲存桶政策的陳述式 {statement}（適用於 {resources}）';
const ACL = '儲存桶 ACL 給予 {grantee} 的 {permission} 權限';
const OBJECT_ACL = '物件 ACL 給予 {grantee} 的 {permission} 權限';
const POINT = '存取點 {point} 的陳述式 {statement}（適用於 {resources}）';

const S3: Readonly<Record<string, string>> = {
  ...answers('s3.policy', POLICY),
  's3.policy.restricted': `${POLICY}對外人並無效力：{level} 已設定 RestrictPublicBuckets`,
  's3.policy.restrict-unsure': `${POLICY}屬公開，但未知 {level} 的 RestrictPublicBuckets 是否將其截斷`,
  's3.policy.write-unsure': `${POLICY}允許寫入，但 {dialect} 可能拒絕不帶簽署的寫入`,
  's3.policy.unread': '未能讀取儲存桶政策（{detail}），該政策可能授予存取權',
  ...answers('s3.acl', ACL),
  ...voids('s3.acl', ACL),
  's3.acl-unsure': `${ACL}可能允許 {actions}：{dialect} 對此並不明確`,
  's3.acl.unread': '未能讀取儲存桶 ACL（{detail}），該 ACL 可能授予存取權',
  's3.acl.cannot-be-set': 'Object Ownership 為 BucketOwnerEnforced，因此任何要求都不能更改 ACL',
  ...answers('s3.acl.data', `${ACL}（在此伺服器亦及於物件）`),
  's3.acl.data-unsure': `${ACL}可能及於物件的資料：{dialect} 對此並不明確`,
  ...answers('s3.object-acl', OBJECT_ACL),
  ...voids('s3.object-acl', OBJECT_ACL),
  's3.object-acl.none': '物件 ACL 沒有給予任何人權限',
  's3.object-acl.unread': '未能讀取物件 ACL（{detail}）',
  's3.object.kms': '物件以 KMS 金鑰或客戶自備金鑰加密，因此不帶簽署的要求不能取得其資料',
  ...answers('s3.access-point', POINT),
  's3.access-point.restricted': `${POINT}對外人並無效力：該存取點已設定 RestrictPublicBuckets`,
  's3.access-point.not-delegated': `${POINT}對外人並無效力：儲存桶政策不容許外人進入`,
  's3.access-point.delegation-unread': `${POINT}可能容許任何帳戶進入：必須同意的儲存桶政策未能讀取（{detail}）`,
  's3.access-point.unread': '儲存桶政策容許其存取點所容許者進入，而該等存取點未能讀取（{detail}）',
  's3.access-point.elsewhere':
    '儲存桶政策容許帳戶 {accounts} 的存取點所容許者進入，而只有該帳戶能看到其容許了誰',
  's3.requester-pays': '由要求者付費，因此不帶簽署的要求會被拒絕',
  's3.requester-pays-unread':
    '未能讀取是否由要求者付費（若是，不帶簽署的要求會被拒絕）（{detail}）',
  's3.published-elsewhere': '{dialect} 以網域或開關公開儲存桶，這些文件並無顯示',
  's3.directory-bucket':
    '目錄儲存桶沒有 ACL，其封鎖公開存取設定恆為開啟：只有其政策所指明的帳戶可進入',
  's3.nothing-grants': '儲存桶政策沒有任何陳述式、ACL 亦沒有任何授權容許外人執行',
};

const AZURE: Readonly<Record<string, string>> = {
  'azure.container.blob': '容器 {container} 的公開存取層級為 Blob，因此任何人憑網址即可讀取 Blob',
  'azure.container.container':
    '容器 {container} 的公開存取層級為 Container，因此任何人可列出並讀取每個 Blob',
  'azure.container.private': '容器 {container} 沒有公開存取層級',
  'azure.container.no-list': '容器 {container} 的公開存取層級為 Blob，任何人均不能列出其內容',
  'azure.account.unset':
    '儲存體帳戶 {account} 沒有指明 allowBlobPublicAccess；較舊的帳戶此時屬允許，因此容器 {container} 的層級視作有效',
  'azure.account.off':
    '儲存體帳戶 {account} 已關閉 allowBlobPublicAccess，凌駕容器 {container} 的層級',
  'azure.web.served':
    '帳戶 {account} 的靜態網站已開啟，因此不論 allowBlobPublicAccess 為何，任何人均可讀取 $web 的內容',
  'azure.web.off': '帳戶 {account} 的靜態網站已關閉',
  'azure.network.open': '帳戶 {account} 的防火牆容許所有網際網路位址',
  'azure.network.disabled': '帳戶 {account} 的 publicNetworkAccess 為 Disabled：只有私人端點可連線',
  'azure.network.deny': '帳戶 {account} 的防火牆預設拒絕；獲容許的為 {addresses}',
  'azure.network.listed': '不帶簽署的要求可行，但只限來自 {addresses}（帳戶 {account} 的防火牆）',
  'azure.network.perimeter': '帳戶 {account} 受網路安全界限管轄，其規則未有讀取',
  'azure.link.policy':
    '預存存取原則 {policy} 容許持有以其簽發的連結者對容器 {container} 執行 {permissions}，至 {until} 為止',
  'azure.link.policy-long':
    '預存存取原則 {policy} 容許持有以其簽發的連結者對容器 {container} 執行 {permissions}，尚有 {days} 天，至 {until} 為止',
  'azure.link.policy-endless':
    '預存存取原則 {policy} 容許持有以其簽發的連結者對容器 {container} 執行 {permissions}，且沒有指定終止日期',
  'azure.link.policies-unread': '容器可能有用於連結的預存存取原則；未能讀取（{detail}）',
  'azure.link.keys-on': '帳戶接受共用金鑰，以其簽署的連結無處可列：各自到期，或隨金鑰失效',
  'azure.link.keys-limited': '帳戶接受以共用金鑰簽署、有效期不超過 {period}（日.小時）的連結',
  'azure.link.keys-off': '帳戶不接受共用金鑰，因此亦不接受以其簽署的連結',
  'azure.link.given': '本次掃描所用的連結容許其持有者執行 {permissions}，至 {until} 為止',
  'azure.link.given-policy': '本次掃描所用的連結容許其持有者執行預存存取原則 {policy} 所容許的操作',
  'azure.link.given-endless':
    '本次掃描所用的連結容許其持有者執行 {permissions}，且沒有指定終止日期',
  'azure.link.given-long': '本次掃描所用的連結尚有效 {days} 天，至 {until}：超過連結應有的七天',
  'azure.link.given-account': '本次掃描所用的連結涵蓋整個帳戶，而非一個容器',
  'azure.link.given-lists': '本次掃描所用的連結可列出容器，其持有者毋須知道名稱',
  'azure.link.given-writes': '本次掃描所用的連結容許其持有者寫入或刪除',
  'azure.link.given-unrevocable':
    '本次掃描所用的連結沒有綁定預存存取原則：只有更換帳戶金鑰才能提前使其失效',
  'azure.write.never': 'Azure Blob 儲存體沒有匿名寫入',
  'azure.acl.never': 'Azure Blob 儲存體只向帶簽署的要求顯示及更改存取設定',
};

const GCS: Readonly<Record<string, string>> = {
  'gcs.iam.allow': '{where}給予 {member} 角色 {role}，從而有 {permission}',
  'gcs.iam.allow-if':
    '{where}給予 {member} 角色 {role}，從而在符合條件時有 {permission}：{condition}',
  'gcs.iam.condition-unjudged':
    '{where}給予 {member} 角色 {role}，從而有 {permission}；其條件不能證明為不成立，因此計算在內：{condition}',
  'gcs.iam.role-unknown': '{where}給予 {member} 角色 {role}；未知該角色帶有甚麼權限',
  'gcs.iam.no-object-permission':
    '{where}給予 {member} 角色 {role}，但該角色沒有物件或存取設定的權限',
  'gcs.iam.condition-false':
    '{where}在一項現時不成立的條件下給予 {member} 角色 {role}：{condition}',
  'gcs.acl.bucket': '值區 ACL 給予 {entity} 角色 {role}：即 {what}',
  'gcs.acl.object': '物件 ACL 給予 {entity} 角色 {role}',
  'gcs.acl.object-none': '物件 ACL 沒有指明 allUsers 或 allAuthenticatedUsers',
  'gcs.acl.default': '預設物件 ACL 給予 {entity} 角色 {role}：其後寫入的物件屬公開，較早的未必',
  'gcs.ubla': '統一值區層級存取已開啟，因此 {document} 中 {entity} 的項目並無效力',
  'gcs.pap.bucket': '值區已強制禁止公開存取：公開授權並無效力',
  'gcs.pap.organization': '機構已強制禁止公開存取：公開授權並無效力',
  'gcs.requester-pays': '由要求者付費：沒有帳戶及付費專案的要求會被拒絕',
  'gcs.ip-filter': '值區的 IP 篩選只容許 {addresses}',
  'gcs.none': 'IAM 及 ACL 均不容許 allUsers 執行 {action}',
};

const PROBE: Readonly<Record<string, string>> = {
  'probe.listed': '不帶簽署的列出清單要求獲回應清單（{url}，HTTP {status}）',
  'probe.list-refused': '不帶簽署的列出清單要求被拒絕（{url}，HTTP {status}）',
  'probe.read': '不帶簽署的要求取得了物件（{url}，HTTP {status}）',
  'probe.read-version': '不帶簽署的要求取得了物件的舊版本 {version}（{url}，HTTP {status}）',
  'probe.read-refused': '不帶簽署的物件要求被拒絕（{url}，HTTP {status}）',
  'probe.unclear': '不帶簽署的要求所得回應未能證明任何事（{url}，HTTP {status}：{detail}）',
  'probe.permissions': '在不帶憑證查詢下，服務列出 {permissions}（{url}）',
  'probe.failed': '未能發出不帶簽署的要求（{url}：{detail}）',
  'probe.maybe-listed': '不帶簽署的要求可能因來自獲列位址而成功，因此不能證明任何人均可存取',
  'folder.assumed': '資料夾按其檔案已公開判斷：{path}',
  'gate.assumed': '按要求，以已公開論',
  'held.contract': '保管者的合約已於 {on} 終止，而個人資料仍然存在',
  'held.purpose': '資料的需用期至 {on} 為止，而個人資料仍然存在',
  'config.denied': '未能讀取{document}（{detail}），因此無從得知其內容',
  'config.none': '沒有憑證：未有查詢存取控制文件',
  'web.listed': '普通要求獲回應檔案清單，形式為 {form}（{url}，HTTP {status}）',
  'web.read': '普通要求取得所嘗試的 {tried} 個檔案中的 {got} 個（{url}，HTTP {status}）',
};

const COMPATIBLE: Readonly<Record<string, string>> = {
  'swift.none': 'X-Container-Read 及 X-Container-Write 均不容許外人進入',
  'swift.read.anyone': 'X-Container-Read 載有 .r:*，因此任何人憑名稱即可讀取物件',
  'swift.read.referrer':
    'X-Container-Read 容許帶有 Referer {referrer} 的要求，而任何人均可送出該標頭',
  'swift.listings': 'X-Container-Read 載有 .rlistings，因此可讀取者亦可列出清單',
  'swift.no-listings': 'X-Container-Read 沒有 .rlistings，因此沒有權杖者不能列出清單',
  'swift.listings-alone': '.rlistings 只在同時有容許該要求讀取的 .r: 項目時有效',
  'swift.any-token': '{header} 載有 *:*，因此任何專案的任何權杖持有人均可進入',
  'swift.project': '{header} 載有 {group}，因此該專案的每名使用者均可進入',
  'swift.refused': 'Swift 會拒絕帶有項目 {entry} 的 {header}，因此該設定不可能生效',
  'r2.managed-domain': 'r2.dev 網址已開啟，因此任何人憑名稱即可讀取物件',
  'r2.custom-domain': '自訂網域 {domain} 向任何人提供該儲存桶',
  'r2.never': 'R2 不會在沒有金鑰下列出或接收物件',
  'r2.none': '沒有 r2.dev 網址或自訂網域提供該儲存桶',
  'oci.type': 'publicAccessType 為 {type}',
  'oci.closed': 'publicAccessType {type} 不容許沒有金鑰的要求',
  'oci.link': '存在預先驗證的要求：持有該連結者即可進入',
  'oci.write.never': 'publicAccessType 從不容許寫入',
  'b2.public': '儲存桶為 allPublic，因此任何人憑名稱即可下載檔案',
  'b2.no-list': 'Backblaze B2 只在有金鑰時列出及接收檔案',
  'b2.private': '儲存桶為 {type}',
  'supabase.public': '儲存桶屬公開：/object/public/ 向任何人提供其物件',
  'supabase.no-rls': 'storage.objects 的資料列層級安全性已關閉',
  'supabase.policy': 'storage.objects 的政策 {name} 容許角色 anon',
  'supabase.policy-if': 'storage.objects 的政策 {name} 在一項未有判斷的條件下容許角色 anon',
  'supabase.none': 'storage.objects 沒有政策容許角色 anon',
  'minio.preset': '儲存桶的匿名政策為 {preset}',
  'yandex.bucket-read': 'ACL 容許任何人讀取儲存桶；文件沒有清楚說明是否及於物件',
  'yandex.flags': '匿名存取旗標：讀取 {read}，列出 {list}',
  'oss.inherit': '沒有自身 ACL 的物件沿用儲存桶的 ACL',
  'oss.list-disputed':
    '公開讀取的儲存桶是否亦可由任何人列出清單，各來源說法不一：以不帶簽署的要求查明',
  'oss.object-write': '物件 ACL 容許任何人覆寫',
  'oss.block': '已開啟封鎖公開存取：公開的 ACL 及政策並無效力',
  'obs.delivered': '該授權會傳遞：對儲存桶的每個物件有效',
  'cos.inherit': '沒有自身 ACL 的物件沿用其資料夾或儲存桶的 ACL',
  'terraform.new-bucket':
    '計劃新建此儲存桶而未設定封鎖公開存取：Amazon 會開啟全部四項封鎖並關閉 ACL',
  'terraform.unknown': '套用前未能確定：{what}',
  'terraform.azure-allows':
    'allow_nested_items_to_be_public 為 true，亦即未有指明時供應器所送出的值',
  'case.malformed': '此個案未能判斷：{detail}',
  'case.provider': '此個案指明的服務商 {provider} 並非 ajar 所能判斷',
};

export const BECAUSE_ZH_HANT: Readonly<Record<string, string>> = {
  ...PROBE,
  ...S3,
  ...AZURE,
  ...GCS,
  ...COMPATIBLE,
};
