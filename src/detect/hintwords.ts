/** Words that every detector shares: what speaks against all of them, and what seldom means what it says. */

/** Business words that speak against any person's number unless a hint says otherwise. */
export const AGAINST_ALL: readonly string[] = [
  ...['order no', 'order number', 'order id', 'invoice', 'receipt no', 'tracking', 'waybill'],
  ...['serial no', 'serial number', 'part no', 'part number', 'sku', 'barcode', 'isbn', 'issn'],
  ...['ean', 'imei', 'timestamp', 'epoch', 'version', 'build', 'checksum', 'transaction id'],
  ...['product id', 'product code', 'item no', 'batch', 'lot no', 'po number', 'case no'],
  ...['unixtime', 'created at', 'updated at', 'ticket no', 'asset tag', 'model no', 'ref no'],
  ...[
    '订单号',
    '訂單',
    '订单',
    '發票',
    '发票',
    '快递单号',
    '運單',
    '运单',
    '流水号',
    '條碼',
    '条码',
    '商品編號',
    '商品编号',
  ],
  ...[
    '注文番号',
    '伝票番号',
    '追跡番号',
    '受注番号',
    '請求書番号',
    '商品コード',
    '製造番号',
    '管理番号',
  ],
  ...['주문번호', '송장번호', '운송장', '상품코드', 'เลขที่ใบสั่งซื้อ', 'mã đơn hàng', 'nomor pesanan'],
];

/**
 * Hints that are ordinary words of some language in lower case: French and Spanish `fin`, `tin`,
 * `pan`, `sin`, German `nie`, `the id no longer`. In running text they speak only in capitals or as
 * a label (`fin: …`); in a header always.
 */
export const ORDINARY: ReadonlySet<string> = new Set(
  (
    'IC|FIN|TIN|NI|PAN|NIN|SIN|NIE|NIC|NIR|NID|PIN|DNI|NIF|CF|UID|UIN|HP|SS|EID|BIR|ARC|CUI|NIP|NAS|' +
    'MST|KID|RRN|IDN|AVS|ID NO|IDNO|CELL|MAIL|CONTACT|CPR|NSS|BSN|RUN|RUT|NIT|KP|IRD|NHI|UMID|EPIC|AHV'
  ).split('|'),
);
