import type { ProblemBody } from '@linli/contract'

/** What to tell the person for each refusal: what happened, and what is still as it was. Keyed by the contract's codes. */
const words: Record<string, string> = {
  'session.missing': '请先登录。',
  'session.ended': '登录已经过期，请重新登录。',
  'staff.not_allowed': '你没有做这件事的权限。',
  'server.overloaded': '服务器这会儿太忙。什么都没变，等几秒再试。',
  'request.too_large': '传的内容太大了。图片请压到 8 MB 以内。',
  'staff.credentials_wrong': '账号或密码不对。',
  'staff.locked': '试错次数太多，这个账号先锁住了。过几分钟再试，或请人重设密码。',
  'staff.console_denied': '这个账号只能在门店端用，不能进管理台。',
  'staff.otp_unsupported': '这个账号没有开动态口令。',
  'staff.password_weak': '新密码太容易猜：别用账号名、连着的数字、常见的词。一句话最好记。',
  'staff.password_wrong': '现在的密码不对。',
  'staff.password_change_due': '这个密码是别人给的，先换成自己的。',
  'staff.password_expired': '这个密码过了 7 天没用，已经作废。请给你的人再重设一次。',
  'staff.missing': '没有这个账号，或它不归你管。',
  'staff.account_taken': '这个账号名已经有人用了，换一个。大小写不算区别。',
  'staff.stores_unfit': '总部不用选门店；店长、店员、拣货至少选一家。',
  'staff.out_of_reach': '你只能管自己门店的店员和拣货。',
  'staff.yourself': '自己的账号要请别人改；改密码在右上角。',
  'staff.last_head_office': '这是最后一个能用的总部账号，不能停，也不能换角色。',
  'staff.out_of_scope': '这家店不在你的管理范围里。',
  'catalog.product_missing': '这个商品已经不在了。',
  'catalog.version_stale': '别人先存了这个商品。两边的改动已经合在一起，还没有存，看一眼再存。',
  'catalog.category_missing': '这个分类已经不在了，换一个分类。',
  'catalog.picture_missing': '有一张图已经不在了，去掉它再存。',
  'catalog.picture_unreadable': '这张图打不开，请用 JPG、PNG 或 WebP。',
  'catalog.picture_too_small': '这张图太小，短边至少要 200 像素。',
  'catalog.picture_too_large': '这张图像素太多，请把长和宽缩到 6000 以内再传。',
  'catalog.barcode_taken': '已经有商品用了这个条码。',
  'catalog.barcode_invalid': '条码末位校验不对，请再扫一次。',
  'catalog.online_price_above': '线上价不能高过门店价。',
  'catalog.csv_unreadable': '这个文件读不出来，请用 UTF-8 的 CSV。',
  'catalog.csv_columns_missing': '表头缺列，请照模板的表头来。',
  'catalog.csv_too_long': '行数太多，请拆成几份再传。',
  'inventory.level_missing': '这家店还没有这个商品的库存。',
  'inventory.below_reserved': '减得太多：在手不能少于已被订单预占的数量。库存没有变。',
  'inventory.nothing_to_change': '数量没有变化，不用记账。',
  'inventory.key_reused': '这次调整已经记过一次了，没有重复记。',
  'inventory.not_on_hand': '在手没有这么多。什么都没记，看红字那几行。',
  'inventory.lot_short': '这一批没剩这么多了。什么都没记，刷新后看新数。',
  'inventory.day_invalid': '有一行的日期不对：没有这一天，或到期早于生产。什么都没记。',
  'inventory.already_expired': '有一行已经过期，不能收进来。什么都没记。',
  'inventory.document_missing': '没有这张单，或它不在你的管理范围里。',
  'inventory.document_state': '这张单已经到了下一步，不能再这样做。刷新看看是谁先点了。',
  'inventory.counted_elsewhere': '另一次没结束的盘点里已经数过它。先把那一次入账或作废。',
  'inventory.count_empty': '还没数任何一样，没有什么可入账。',
  'inventory.count_full': '一次盘点最多 500 种。先入账，再开一次。',
  'inventory.count_stale': '有几行数过之后账又变了，入账会算两遍。请重数红字那几行，别的都在。',
  'inventory.same_store': '从和到是同一家店。',
  'inventory.line_twice': '同一个商品写了两行，请合成一行。',
  'inventory.lines_differ': '每一行都要填件数，没有的填 0。',
  'inventory.nothing_to_ship': '一件都没发。至少发一件，或把单作废。',
  'inventory.more_than_shipped': '收到的不能比发出的多。多出来的请对方盘点加上再发。',
  'inventory.check_running': '正在对账，等几秒再看结果。',
  'orders.missing': '没有这个订单，或它不在你的管理范围里。',
  'orders.not_cancellable': '这个订单现在不能取消，刷新看看它到哪一步了。',
  'orders.not_refundable': '这个订单现在没有可退的钱。',
  'orders.refund_too_many': '这一行没有那么多件可退，刷新看看已经退了几件。',
  'orders.price_changed': '可退的金额刚刚变了，请看过新数字再退。没有退出任何钱。',
  'orders.key_reused': '这笔退款已经提交过了，没有重复退。',
  'orders.desk_full': '这会儿单子太多，服务器没接住。什么都没变，等几秒再试。',
  'payments.already_paid': '顾客刚刚付了款，不能按未付取消。刷新后可以退款。',
  'payments.unavailable': '微信支付这会儿没有回应，没有取消。等一分钟再试。',
  'payments.alarm_missing': '这一条已经不在了。',
  'payments.alarm_closed': '这一条别人已经处理过了。',
  'reconciliation.day_missing': '这一天还没有对过账。',
  'reconciliation.day_out_of_reach': '只能对已经过完的日子，而且微信只留三个月的账单。',
  'reconciliation.difference_missing': '这处差异已经不在了。',
  'reconciliation.difference_ended': '这处差异已经平了，刷新看看。',
  'reconciliation.difference_open': '这处差异还没有平，不用重开。',
  'reconciliation.not_yours': '别人正在办这处差异，先接过来再处理。',
  'catalog.sku_missing': '有一个商品这家店没有在卖，去掉它再试。',
  'pricing.rule_missing': '没有这条促销规则，或它不在你的管理范围里。',
  'pricing.rule_over': '这条促销规则已经结束了。',
  'pricing.rule_unsound': '这条规则自相矛盾：门槛要一级比一级高，减的要比门槛少，结束要晚于开始。',
  'pricing.rules_full': '开着和排着的促销规则已经满了，先结束几条。',
  'stores.missing': '没有这家店。',
  'stores.hours_invalid': '打烊时间要晚于开门时间。',
  'request.invalid': '有一格填得不对。',
  'network.unreadable': '中间的网关回了一段看不懂的内容，不是我们的服务器。',
}

/** Whether a code has words of its own; a test holds this against every code the console's routes declare. */
export const hasWords = (code: string): boolean => Object.hasOwn(words, code)

/** One plain sentence for a refusal; codes without words of their own fall back on what their status means. */
export const problemWords = (problem: ProblemBody | undefined): string => {
  if (!problem) return '没有连上服务器。请看看网络，改动还在这里，没丢。'
  const known = hasWords(problem.code) ? words[problem.code] : undefined
  if (known) return known
  if (problem.status === 403) return '你没有做这件事的权限。'
  if (problem.status === 404) return '没有找到，可能刚刚被删掉了。'
  if (problem.status === 429) return '点得太快了，等几秒再试。'
  if (problem.status >= 500) return '服务器这会儿出了错，不是你的网络。什么都没变，可以再试。'
  return `没有办成（${problem.code}）。`
}
