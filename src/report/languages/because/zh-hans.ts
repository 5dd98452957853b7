/** Reasons of verdicts in Simplified Chinese; the codes are those of src/model/because. */

function answers(family: string, subject: string): Readonly<Record<string, string>> {
  return {
    [`${family}.allow`]: `${subject}允许任何人执行 {actions}`,
    [`${family}.allow-network`]: `${subject}允许不带签名执行 {actions}，但仅限来自 {network}`,
    [`${family}.allow-broad`]: `${subject}允许来自 {network} 的请求不带签名执行 {actions}，该范围占互联网的很大一部分`,
    [`${family}.allow-account`]: `${subject}允许任意云账号执行 {actions}，但不接受不带签名的请求`,
    [`${family}.allow-organisation`]: `${subject}允许 {keys} 所指定者执行 {actions}`,
    [`${family}.depends`]: `${subject}可能允许 {actions}：取决于文档未能确定的 {keys}`,
    [`${family}.unmet`]: `${subject}要求 {keys}，{caller} 无法提供`,
    [`${family}.refused`]: `${subject}本会允许，但被策略的 Deny {deny} 拒绝`,
  };
}

function voids(family: string, subject: string): Readonly<Record<string, string>> {
  return {
    [`${family}.off`]: `${subject}无效：Object Ownership 为 BucketOwnerEnforced`,
    [`${family}.ignored`]: `${subject}无效：{level} 已设置 IgnorePublicAcls`,
    [`${family}.no-effect`]: `${subject}无效：{dialect} 不采用`,
    [`${family}.guard-unsure`]: `${subject}可能无效：不清楚 {dialect} 是否执行其防护设置`,
  };
}

const POLICY = '存储桶策略的语句 {statement}（作用于 {resources}）';
const ACL = '存储桶 ACL 授予 {grantee} 的 {permission} 权限';
const OBJECT_ACL = '对象 ACL 授予 {grantee} 的 {permission} 权限';
const POINT = '接入点 {point} 的语句 {statement}（作用于 {resources}）';

const S3: Readonly<Record<string, string>> = {
  ...answers('s3.policy', POLICY),
  's3.policy.restricted': `${POLICY}对外部无效：{level} 已设置 RestrictPublicBuckets`,
  's3.policy.restrict-unsure': `${POLICY}是公开的，但不清楚 {level} 的 RestrictPublicBuckets 是否将其阻断`,
  's3.policy.write-unsure': `${POLICY}允许写入，但 {dialect} 可能拒绝不带签名的写入`,
  's3.policy.unread': '无法读取存储桶策略（{detail}），该策略可能授予访问权限',
  ...answers('s3.acl', ACL),
  ...voids('s3.acl', ACL),
  's3.acl-unsure': `${ACL}可能允许 {actions}：{dialect} 对此并不明确`,
  's3.acl.unread': '无法读取存储桶 ACL（{detail}），该 ACL 可能授予访问权限',
  's3.acl.cannot-be-set': 'Object Ownership 为 BucketOwnerEnforced，因此任何请求都不能更改 ACL',
  ...answers('s3.acl.data', `${ACL}（在此服务器上也及于对象）`),
  's3.acl.data-unsure': `${ACL}可能及于对象的数据：{dialect} 对此并不明确`,
  ...answers('s3.object-acl', OBJECT_ACL),
  ...voids('s3.object-acl', OBJECT_ACL),
  's3.object-acl.none': '对象 ACL 未授予任何人权限',
  's3.object-acl.unread': '无法读取对象 ACL（{detail}）',
  's3.object.kms': '对象以 KMS 密钥或客户自备密钥加密，因此不带签名的请求不能取得其数据',
  ...answers('s3.access-point', POINT),
  's3.access-point.restricted': `${POINT}对外部无效：该接入点已设置 RestrictPublicBuckets`,
  's3.access-point.not-delegated': `${POINT}对外部无效：存储桶策略不允许外部进入`,
  's3.access-point.delegation-unread': `${POINT}可能允许任意账号进入：必须同意的存储桶策略无法读取（{detail}）`,
  's3.access-point.unread': '存储桶策略允许其接入点所允许者进入，而这些接入点无法读取（{detail}）',
  's3.access-point.elsewhere':
    '存储桶策略允许账号 {accounts} 的接入点所允许者进入，而只有该账号能看到其允许了谁',
  's3.requester-pays': '由请求者付费，因此不带签名的请求会被拒绝',
  's3.requester-pays-unread':
    '无法读取是否由请求者付费（若是，不带签名的请求会被拒绝）（{detail}）',
  's3.published-elsewhere': '{dialect} 通过域名或开关公开存储桶，这些文档并未显示',
  's3.directory-bucket':
    '目录存储桶没有 ACL，其阻止公共访问设置始终开启：只有其策略所指定的账号可进入',
  's3.nothing-grants': '存储桶策略没有任何语句、ACL 也没有任何授权允许外部执行',
};

const AZURE: Readonly<Record<string, string>> = {
  'azure.container.blob': '容器 {container} 的公共访问级别为 Blob，因此任何人凭地址即可读取 Blob',
  'azure.container.container':
    '容器 {container} 的公共访问级别为 Container，因此任何人可列出并读取每个 Blob',
  'azure.container.private': '容器 {container} 没有公共访问级别',
  'azure.container.no-list': '容器 {container} 的公共访问级别为 Blob，任何人均不能列出其内容',
  'azure.account.unset':
    '存储帐户 {account} 未指明 allowBlobPublicAccess；较旧的帐户此时为允许，因此容器 {container} 的级别视为有效',
  'azure.account.off':
    '存储帐户 {account} 已关闭 allowBlobPublicAccess，优先于容器 {container} 的级别',
  'azure.web.served':
    '帐户 {account} 的静态网站已开启，因此不论 allowBlobPublicAccess 为何，任何人均可读取 $web 的内容',
  'azure.web.off': '帐户 {account} 的静态网站已关闭',
  'azure.network.open': '帐户 {account} 的防火墙允许所有互联网地址',
  'azure.network.disabled': '帐户 {account} 的 publicNetworkAccess 为 Disabled：仅专用终结点可连接',
  'azure.network.deny': '帐户 {account} 的防火墙默认拒绝；允许的为 {addresses}',
  'azure.network.listed': '不带签名的请求可行，但仅限来自 {addresses}（帐户 {account} 的防火墙）',
  'azure.network.perimeter': '帐户 {account} 受网络安全外围管辖，其规则未读取',
  'azure.link.policy':
    '存储访问策略 {policy} 允许持有以其签发的链接者对容器 {container} 执行 {permissions}，至 {until} 为止',
  'azure.link.policy-long':
    '存储访问策略 {policy} 允许持有以其签发的链接者对容器 {container} 执行 {permissions}，还有 {days} 天，至 {until} 为止',
  'azure.link.policy-endless':
    '存储访问策略 {policy} 允许持有以其签发的链接者对容器 {container} 执行 {permissions}，且未指定终止日期',
  'azure.link.policies-unread': '容器可能有用于链接的存储访问策略；无法读取（{detail}）',
  'azure.link.keys-on': '帐户接受共享密钥，以其签名的链接无处可列：各自到期，或随密钥失效',
  'azure.link.keys-limited': '帐户接受以共享密钥签名、有效期不超过 {period}（天.小时）的链接',
  'azure.link.keys-off': '帐户不接受共享密钥，因此也不接受以其签名的链接',
  'azure.link.given': '本次扫描所用的链接允许其持有者执行 {permissions}，至 {until} 为止',
  'azure.link.given-policy': '本次扫描所用的链接允许其持有者执行存储访问策略 {policy} 所允许的操作',
  'azure.link.given-endless': '本次扫描所用的链接允许其持有者执行 {permissions}，且未指定终止日期',
  'azure.link.given-long': '本次扫描所用的链接还有效 {days} 天，至 {until}：超过链接应有的七天',
  'azure.link.given-account': '本次扫描所用的链接覆盖整个帐户，而非一个容器',
  'azure.link.given-lists': '本次扫描所用的链接可列出容器，其持有者无需知道名称',
  'azure.link.given-writes': '本次扫描所用的链接允许其持有者写入或删除',
  'azure.link.given-unrevocable':
    '本次扫描所用的链接未绑定存储访问策略：只有更换帐户密钥才能提前使其失效',
  'azure.write.never': 'Azure Blob 存储没有匿名写入',
  'azure.acl.never': 'Azure Blob 存储仅向带签名的请求显示和更改访问设置',
};

const GCS: Readonly<Record<string, string>> = {
  'gcs.iam.allow': '{where}授予 {member} 角色 {role}，从而有 {permission}',
  'gcs.iam.allow-if':
    '{where}授予 {member} 角色 {role}，从而在满足条件时有 {permission}：{condition}',
  'gcs.iam.condition-unjudged':
    '{where}授予 {member} 角色 {role}，从而有 {permission}；其条件不能证明为不成立，因此计算在内：{condition}',
  'gcs.iam.role-unknown': '{where}授予 {member} 角色 {role}；不清楚该角色带有哪些权限',
  'gcs.iam.no-object-permission':
    '{where}授予 {member} 角色 {role}，但该角色没有对象或访问设置的权限',
  'gcs.iam.condition-false':
    '{where}在一项目前不成立的条件下授予 {member} 角色 {role}：{condition}',
  'gcs.acl.bucket': '存储桶 ACL 授予 {entity} 角色 {role}：即 {what}',
  'gcs.acl.object': '对象 ACL 授予 {entity} 角色 {role}',
  'gcs.acl.object-none': '对象 ACL 未指明 allUsers 或 allAuthenticatedUsers',
  'gcs.acl.default': '默认对象 ACL 授予 {entity} 角色 {role}：此后写入的对象是公开的，较早的未必',
  'gcs.ubla': '统一存储桶级访问权限已开启，因此 {document} 中 {entity} 的条目无效',
  'gcs.pap.bucket': '存储桶已强制执行禁止公开访问：公开授权无效',
  'gcs.pap.organization': '组织已强制执行禁止公开访问：公开授权无效',
  'gcs.requester-pays': '由请求者付费：没有账号和付费项目的请求会被拒绝',
  'gcs.ip-filter': '存储桶的 IP 过滤仅允许 {addresses}',
  'gcs.none': 'IAM 和 ACL 均不允许 allUsers 执行 {action}',
};

const PROBE: Readonly<Record<string, string>> = {
  'probe.listed': '不带签名的列表请求得到了列表（{url}，HTTP {status}）',
  'probe.list-refused': '不带签名的列表请求被拒绝（{url}，HTTP {status}）',
  'probe.read': '不带签名的请求取得了对象（{url}，HTTP {status}）',
  'probe.read-version': '不带签名的请求取得了对象的旧版本 {version}（{url}，HTTP {status}）',
  'probe.read-refused': '不带签名的对象请求被拒绝（{url}，HTTP {status}）',
  'probe.unclear': '不带签名的请求所得应答不能证明任何事（{url}，HTTP {status}：{detail}）',
  'probe.permissions': '在不带凭证查询时，服务列出 {permissions}（{url}）',
  'probe.failed': '无法发出不带签名的请求（{url}：{detail}）',
  'probe.maybe-listed': '不带签名的请求可能因来自许可地址而成功，因此不能证明任何人均可访问',
  'folder.assumed': '文件夹按其文件已公开判断：{path}',
  'gate.assumed': '按要求，视为已公开',
  'held.contract': '保管者的合同已于 {on} 终止，而个人信息仍然存在',
  'held.purpose': '数据的需用期至 {on} 为止，而个人信息仍然存在',
  'config.denied': '无法读取{document}（{detail}），因此无从得知其内容',
  'config.none': '没有凭证：未查询访问控制文档',
  'web.listed': '普通请求得到了文件列表，形式为 {form}（{url}，HTTP {status}）',
  'web.read': '普通请求取得所尝试的 {tried} 个文件中的 {got} 个（{url}，HTTP {status}）',
};

const COMPATIBLE: Readonly<Record<string, string>> = {
  'swift.none': 'X-Container-Read 和 X-Container-Write 均不允许外部进入',
  'swift.read.anyone': 'X-Container-Read 含有 .r:*，因此任何人凭名称即可读取对象',
  'swift.read.referrer':
    'X-Container-Read 允许带有 Referer {referrer} 的请求，而任何人都可发送该标头',
  'swift.listings': 'X-Container-Read 含有 .rlistings，因此可读取者也可列出文件',
  'swift.no-listings': 'X-Container-Read 没有 .rlistings，因此没有令牌者不能列出文件',
  'swift.listings-alone': '.rlistings 仅在同时有允许该请求读取的 .r: 条目时有效',
  'swift.any-token': '{header} 含有 *:*，因此任何项目的任何令牌持有者均可进入',
  'swift.project': '{header} 含有 {group}，因此该项目的每个用户均可进入',
  'swift.refused': 'Swift 会拒绝带有条目 {entry} 的 {header}，因此该设置不可能生效',
  'r2.managed-domain': 'r2.dev 地址已开启，因此任何人凭名称即可读取对象',
  'r2.custom-domain': '自定义域名 {domain} 向任何人提供该存储桶',
  'r2.never': 'R2 不会在没有密钥时列出或接收对象',
  'r2.none': '没有 r2.dev 地址或自定义域名提供该存储桶',
  'oci.type': 'publicAccessType 为 {type}',
  'oci.closed': 'publicAccessType {type} 不允许没有密钥的请求',
  'oci.link': '存在预先验证的请求：持有该链接者即可进入',
  'oci.write.never': 'publicAccessType 从不允许写入',
  'b2.public': '存储桶为 allPublic，因此任何人凭名称即可下载文件',
  'b2.no-list': 'Backblaze B2 仅在有密钥时列出和接收文件',
  'b2.private': '存储桶为 {type}',
  'supabase.public': '存储桶是公开的：/object/public/ 向任何人提供其对象',
  'supabase.no-rls': 'storage.objects 的行级安全性已关闭',
  'supabase.policy': 'storage.objects 的策略 {name} 允许角色 anon',
  'supabase.policy-if': 'storage.objects 的策略 {name} 在一项未判断的条件下允许角色 anon',
  'supabase.none': 'storage.objects 没有策略允许角色 anon',
  'minio.preset': '存储桶的匿名策略为 {preset}',
  'yandex.bucket-read': 'ACL 允许任何人读取存储桶；文档没有清楚说明是否及于对象',
  'yandex.flags': '匿名访问标志：读取 {read}，列出 {list}',
  'oss.inherit': '没有自身 ACL 的对象沿用存储桶的 ACL',
  'oss.list-disputed':
    '公共读的存储桶是否也可由任何人列出文件，各来源说法不一：以不带签名的请求查明',
  'oss.object-write': '对象 ACL 允许任何人覆盖',
  'oss.block': '已开启阻止公共访问：公开的 ACL 和策略无效',
  'obs.delivered': '该授权会传递：对存储桶的每个对象有效',
  'cos.inherit': '没有自身 ACL 的对象沿用其文件夹或存储桶的 ACL',
  'terraform.new-bucket':
    '计划新建此存储桶而未设置阻止公共访问：Amazon 会开启全部四项阻止并关闭 ACL',
  'terraform.unknown': '应用前无法确定：{what}',
  'terraform.azure-allows':
    'allow_nested_items_to_be_public 为 true，这也是未指明时提供程序所发送的值',
  'case.malformed': '此案例无法判断：{detail}',
  'case.provider': '此案例指明的服务商 {provider} 不在 ajar 可判断之列',
};

export const BECAUSE_ZH_HANS: Readonly<Record<string, string>> = {
  ...PROBE,
  ...S3,
  ...AZURE,
  ...GCS,
  ...COMPATIBLE,
};
