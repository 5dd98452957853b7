/** Reasons of verdicts in Japanese; the codes are those of src/model/because. */

function answers(family: string, subject: string): Readonly<Record<string, string>> {
  return {
    [`${family}.allow`]: `${subject}が、誰にでも {actions} を許可している`,
    [`${family}.allow-network`]: `${subject}が、署名なしの {actions} を許可している（{network} からに限る）`,
    [`${family}.allow-broad`]: `${subject}が、インターネットの大きな部分にあたる {network} から署名なしの {actions} を許可している`,
    [`${family}.allow-account`]: `${subject}が、任意のアカウントに {actions} を許可している（署名なしの要求は不可）`,
    [`${family}.allow-organisation`]: `${subject}が、{keys} の示す者に {actions} を許可している`,
    [`${family}.depends`]: `${subject}が {actions} を許可する可能性がある：文書では決まらない {keys} による`,
    [`${family}.unmet`]: `${subject}は {keys} を求めるが、{caller} は満たせない`,
    [`${family}.refused`]: `${subject}は許可するが、ポリシーの Deny {deny} が拒否している`,
  };
}

function voids(family: string, subject: string): Readonly<Record<string, string>> {
  return {
    [`${family}.off`]: `${subject}は無効：Object Ownership が BucketOwnerEnforced`,
    [`${family}.ignored`]: `${subject}は無効：{level} に IgnorePublicAcls が設定されている`,
    [`${family}.no-effect`]: `${subject}は無効：{dialect} は対応していない`,
    [`${family}.guard-unsure`]: `${subject}は無効の可能性がある：{dialect} が防護設定を守るかは不明`,
  };
}

const POLICY = 'バケットポリシーのステートメント {statement}（対象 {resources}）';
const ACL = 'バケット ACL による {grantee} への {permission} の付与';
const OBJECT_ACL = 'オブジェクト ACL による {grantee} への {permission} の付与';
const POINT = 'アクセスポイント {point} のステートメント {statement}（対象 {resources}）';

const S3: Readonly<Record<string, string>> = {
  ...answers('s3.policy', POLICY),
  's3.policy.restricted': `${POLICY}は外部には無効：{level} に RestrictPublicBuckets が設定されている`,
  's3.policy.restrict-unsure': `${POLICY}は公開だが、{level} の RestrictPublicBuckets が遮断するかは不明`,
  's3.policy.write-unsure': `${POLICY}は書き込みを許可するが、{dialect} は署名なしでは拒否する可能性がある`,
  's3.policy.unread':
    'バケットポリシーを読めなかった（{detail}）。アクセスを許可している可能性がある',
  ...answers('s3.acl', ACL),
  ...voids('s3.acl', ACL),
  's3.acl-unsure': `${ACL}が {actions} を許可する可能性がある：{dialect} では明確でない`,
  's3.acl.unread': 'バケット ACL を読めなかった（{detail}）。アクセスを許可している可能性がある',
  's3.acl.cannot-be-set':
    'Object Ownership が BucketOwnerEnforced のため、どの要求も ACL を変更できない',
  ...answers('s3.acl.data', `${ACL}（このサーバーではオブジェクトにも及ぶ）`),
  's3.acl.data-unsure': `${ACL}がオブジェクトのデータに及ぶ可能性がある：{dialect} では明確でない`,
  ...answers('s3.object-acl', OBJECT_ACL),
  ...voids('s3.object-acl', OBJECT_ACL),
  's3.object-acl.none': 'オブジェクト ACL は誰にも付与していない',
  's3.object-acl.unread': 'オブジェクト ACL を読めなかった（{detail}）',
  's3.object.kms':
    'オブジェクトは KMS キーまたは顧客のキーで暗号化されており、署名なしの要求ではデータを取得できない',
  ...answers('s3.access-point', POINT),
  's3.access-point.restricted': `${POINT}は外部には無効：RestrictPublicBuckets が設定されている`,
  's3.access-point.not-delegated': `${POINT}は外部には無効：バケットポリシーが外部を認めていない`,
  's3.access-point.delegation-unread': `${POINT}が任意のアカウントを認める可能性がある：同意が要るバケットポリシーを読めなかった（{detail}）`,
  's3.access-point.unread':
    'バケットポリシーはアクセスポイントが認める者を認めるが、アクセスポイントを読めなかった（{detail}）',
  's3.access-point.elsewhere':
    'バケットポリシーはアカウント {accounts} のアクセスポイントが許可する者を通すが、誰を許可しているかはそのアカウントにしか分からない',
  's3.requester-pays': 'リクエスタ支払いのため、署名なしの要求は拒否される',
  's3.requester-pays-unread':
    'リクエスタ支払い（署名なしの要求を拒否する）かどうかを読めなかった（{detail}）',
  's3.published-elsewhere':
    '{dialect} はドメインまたはスイッチでバケットを公開するが、これらの文書には現れない',
  's3.directory-bucket':
    'ディレクトリバケットに ACL はなく、パブリックアクセスのブロックは常に有効：ポリシーが名指すアカウントのみ入れる',
  's3.nothing-grants':
    'バケットポリシーのステートメントにも ACL の付与にも、外部に許可するものはない',
};

const AZURE: Readonly<Record<string, string>> = {
  'azure.container.blob':
    'コンテナー {container} のパブリックアクセスレベルは Blob。誰でもアドレスで Blob を閲覧できる',
  'azure.container.container':
    'コンテナー {container} のパブリックアクセスレベルは Container。誰でも一覧し、すべての Blob を閲覧できる',
  'azure.container.private': 'コンテナー {container} にはパブリックアクセスレベルがない',
  'azure.container.no-list':
    'コンテナー {container} のパブリックアクセスレベルは Blob で、誰にも一覧は許可されない',
  'azure.account.unset':
    'ストレージアカウント {account} は allowBlobPublicAccess を指定していない。古いアカウントでは許可となるため、コンテナー {container} のレベルは有効とみなす',
  'azure.account.off':
    'ストレージアカウント {account} は allowBlobPublicAccess が無効で、コンテナー {container} のレベルに優先する',
  'azure.web.served':
    'アカウント {account} の静的 Web サイトが有効で、allowBlobPublicAccess にかかわらず $web の内容は誰でも閲覧できる',
  'azure.web.off': 'アカウント {account} の静的 Web サイトは無効',
  'azure.network.open':
    'アカウント {account} のファイアウォールはインターネットの全アドレスを許可している',
  'azure.network.disabled':
    'アカウント {account} の publicNetworkAccess は Disabled：プライベートエンドポイントからのみ到達できる',
  'azure.network.deny':
    'アカウント {account} のファイアウォールは既定で拒否。許可されているのは {addresses}',
  'azure.network.listed':
    '署名なしの要求は通るが、{addresses} からに限る（アカウント {account} のファイアウォール）',
  'azure.network.perimeter':
    'アカウント {account} はネットワークセキュリティ境界の管理下にあり、その規則は読んでいない',
  'azure.link.policy':
    '保存済みアクセスポリシー {policy} により、これで作られたリンクの保持者はコンテナー {container} で {until} まで {permissions} ができる',
  'azure.link.policy-long':
    '保存済みアクセスポリシー {policy} により、これで作られたリンクの保持者はコンテナー {container} であと {days} 日、{until} まで {permissions} ができる',
  'azure.link.policy-endless':
    '保存済みアクセスポリシー {policy} により、これで作られたリンクの保持者はコンテナー {container} で期限なく {permissions} ができる',
  'azure.link.policies-unread':
    'コンテナーにリンク用の保存済みアクセスポリシーがある可能性があるが、読み取れなかった（{detail}）',
  'azure.link.keys-on':
    'アカウントは共有キーを受け付け、それで署名されたリンクの一覧はどこにもない。各リンクは自身の期限かキーの更新でのみ終わる',
  'azure.link.keys-limited':
    'アカウントは共有キーで署名された、有効期間が {period}（日.時間）以下のリンクを受け付ける',
  'azure.link.keys-off': 'アカウントは共有キーを受け付けず、それで署名されたリンクも使えない',
  'azure.link.given': 'この検査に渡されたリンクの保持者は {until} まで {permissions} ができる',
  'azure.link.given-policy':
    'この検査に渡されたリンクの保持者は、保存済みアクセスポリシー {policy} の定めることができる',
  'azure.link.given-endless': 'この検査に渡されたリンクの保持者は期限なく {permissions} ができる',
  'azure.link.given-long':
    'この検査に渡されたリンクはあと {days} 日、{until} まで有効で、リンクに適切な七日を超える',
  'azure.link.given-account':
    'この検査に渡されたリンクは一つのコンテナーではなくアカウント全体に及ぶ',
  'azure.link.given-lists':
    'この検査に渡されたリンクはコンテナーを一覧でき、保持者は名前を知る必要がない',
  'azure.link.given-writes': 'この検査に渡されたリンクの保持者は書き込みや削除ができる',
  'azure.link.given-unrevocable':
    'この検査に渡されたリンクは保存済みアクセスポリシーによらず、期限前に終わらせるにはアカウントキーの更新しかない',
  'azure.write.never': 'Azure Blob Storage に匿名の書き込みはない',
  'azure.acl.never': 'Azure Blob Storage は署名付きの要求にのみアクセス設定の表示と変更を許す',
};

const GCS: Readonly<Record<string, string>> = {
  'gcs.iam.allow': '{where}が {member} にロール {role} を付与し、{permission} が認められる',
  'gcs.iam.allow-if':
    '{where}が {member} にロール {role} を付与し、条件を満たすとき {permission} が認められる：{condition}',
  'gcs.iam.condition-unjudged':
    '{where}が {member} にロール {role} を付与し、{permission} が認められる。条件が偽と証明できないため有効とみなす：{condition}',
  'gcs.iam.role-unknown': '{where}が {member} にロール {role} を付与している。ロールの権限は不明',
  'gcs.iam.no-object-permission':
    '{where}が {member} にロール {role} を付与しているが、オブジェクトやアクセス設定の権限は含まない',
  'gcs.iam.condition-false':
    '{where}が、現在は成り立たない条件で {member} にロール {role} を付与している：{condition}',
  'gcs.acl.bucket': 'バケット ACL が {entity} に {role} を付与：{what}',
  'gcs.acl.object': 'オブジェクト ACL が {entity} に {role} を付与',
  'gcs.acl.object-none': 'オブジェクト ACL に allUsers も allAuthenticatedUsers もない',
  'gcs.acl.default':
    '既定のオブジェクト ACL が {entity} に {role} を付与：以後に書き込まれたものは公開、それ以前は必ずしもそうではない',
  'gcs.ubla': '均一なバケットレベルのアクセスが有効で、{document} の {entity} の項目は無効',
  'gcs.pap.bucket': 'バケットで公開アクセスの防止が適用されている：公開の付与は無効',
  'gcs.pap.organization': '組織で公開アクセスの防止が適用されている：公開の付与は無効',
  'gcs.requester-pays': 'リクエスタ支払い：アカウントと課金先プロジェクトのない要求は拒否される',
  'gcs.ip-filter': 'バケットの IP フィルターは {addresses} のみ許可',
  'gcs.none': 'IAM も ACL も allUsers に {action} を許可していない',
};

const PROBE: Readonly<Record<string, string>> = {
  'probe.listed': '署名なしの一覧要求に一覧が返った（{url}、HTTP {status}）',
  'probe.list-refused': '署名なしの一覧要求は拒否された（{url}、HTTP {status}）',
  'probe.read': '署名なしの要求でオブジェクトを取得できた（{url}、HTTP {status}）',
  'probe.read-version':
    '署名なしの要求でオブジェクトの旧バージョン {version} を取得できた（{url}、HTTP {status}）',
  'probe.read-refused': '署名なしのオブジェクト要求は拒否された（{url}、HTTP {status}）',
  'probe.unclear': '署名なしの要求への応答からは何も証明できない（{url}、HTTP {status}：{detail}）',
  'probe.permissions': '認証情報なしで尋ねると、サービスは {permissions} を示した（{url}）',
  'probe.failed': '署名なしの要求を送れなかった（{url}：{detail}）',
  'probe.maybe-listed':
    '署名なしの要求は許可されたアドレスから送られたために通った可能性があり、誰でも可能とは証明できない',
  'folder.assumed': 'フォルダーは、ファイルが公開されたものとして判定：{path}',
  'gate.assumed': '求めに応じ、公開されたものとして判定',
  'held.contract': '保管者の契約は {on} に終了したが、個人情報が残っている',
  'held.purpose': '利用期間は {on} までだが、個人情報が残っている',
  'config.denied': '{document}を読めなかった（{detail}）ため、内容は不明',
  'config.none': '認証情報なし：アクセス制御の文書は照会していない',
  'web.listed': '通常の要求にファイル一覧が返った（形式 {form}、{url}、HTTP {status}）',
  'web.read':
    '通常の要求で、試した {tried} ファイルのうち {got} ファイルを取得できた（{url}、HTTP {status}）',
};

const COMPATIBLE: Readonly<Record<string, string>> = {
  'swift.none': 'X-Container-Read も X-Container-Write も外部を認めていない',
  'swift.read.anyone': 'X-Container-Read に .r:* があり、誰でも名前でオブジェクトを閲覧できる',
  'swift.read.referrer':
    'X-Container-Read は Referer {referrer} の要求を認めるが、この値は誰でも送れる',
  'swift.listings': 'X-Container-Read に .rlistings があり、閲覧できる者は一覧もできる',
  'swift.no-listings': 'X-Container-Read に .rlistings がなく、トークンのない者は一覧できない',
  'swift.listings-alone': '.rlistings は、読み取りを認める .r: の項目と併せてのみ有効',
  'swift.any-token': '{header} に *:* があり、どのプロジェクトのトークンでも入れる',
  'swift.project': '{header} に {group} があり、そのプロジェクトの全利用者が入れる',
  'swift.refused': 'Swift は項目 {entry} を持つ {header} を拒否するため、有効ではありえない',
  'r2.managed-domain': 'r2.dev のアドレスが有効で、誰でも名前でオブジェクトを閲覧できる',
  'r2.custom-domain': 'カスタムドメイン {domain} がバケットを誰にでも提供している',
  'r2.never': 'R2 はキーなしでは一覧もオブジェクトの受け入れもしない',
  'r2.none': 'r2.dev のアドレスもカスタムドメインもバケットを提供していない',
  'oci.type': 'publicAccessType は {type}',
  'oci.closed': 'publicAccessType {type} は、キーのない要求を認めない',
  'oci.link': '事前認証済みリクエストがある：リンクを持つ者は入れる',
  'oci.write.never': 'publicAccessType が書き込みを認めることはない',
  'b2.public': 'バケットは allPublic で、誰でも名前でファイルを取得できる',
  'b2.no-list': 'Backblaze B2 はキーがある場合のみ一覧と受け入れを行う',
  'b2.private': 'バケットは {type}',
  'supabase.public': 'バケットは公開：/object/public/ がオブジェクトを誰にでも提供する',
  'supabase.no-rls': 'storage.objects の行レベルセキュリティが無効',
  'supabase.policy': 'storage.objects のポリシー {name} がロール anon に許可している',
  'supabase.policy-if':
    'storage.objects のポリシー {name} が、判定していない条件のもとでロール anon に許可している',
  'supabase.none': 'storage.objects にロール anon に許可するポリシーはない',
  'minio.preset': 'バケットの匿名ポリシーは {preset}',
  'yandex.bucket-read':
    'ACL は誰にでもバケットの読み取りを許可している。オブジェクトに及ぶかは文書で明確でない',
  'yandex.flags': '匿名アクセスのフラグ：読み取り {read}、一覧 {list}',
  'oss.inherit': '自身の ACL のないオブジェクトはバケットの ACL に従う',
  'oss.list-disputed':
    '公開読み取りのバケットを誰でも一覧できるかは、資料により異なる：署名なしの要求で確かめること',
  'oss.object-write': 'オブジェクト ACL が誰にでも上書きを許可している',
  'oss.block': 'パブリックアクセスのブロックが有効：公開の ACL とポリシーは無効',
  'obs.delivered': '付与は伝達される：バケットの全オブジェクトに及ぶ',
  'cos.inherit': '自身の ACL のないオブジェクトはフォルダーまたはバケットの ACL に従う',
  'terraform.new-bucket':
    '計画はこのバケットを新規作成し、パブリックアクセスのブロックを設定していない：Amazon が四つのブロックをすべて有効、ACL を無効にする',
  'terraform.unknown': '適用前には決まらない：{what}',
  'terraform.azure-allows':
    'allow_nested_items_to_be_public が true（指定がないときにプロバイダーが送る値でもある）',
  'case.malformed': 'この事例は判定できなかった：{detail}',
  'case.provider': 'この事例の提供元 {provider} は ajar では判定できない',
};

export const BECAUSE_JA: Readonly<Record<string, string>> = {
  ...PROBE,
  ...S3,
  ...AZURE,
  ...GCS,
  ...COMPATIBLE,
};
