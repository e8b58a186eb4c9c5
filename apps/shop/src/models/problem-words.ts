import type { ProblemBody } from '@linli/contract'

/** A refusal or failure as the shopper reads it. */
export interface Trouble {
  kind: 'refused' | 'broken' | 'unreached' | 'offline' | 'signed_out'
  /** One sentence. */
  text: string
  /** A number to read out on the phone, `E-1047-3F2A`; null when no request reached us. */
  reference: string | null
}

const WORDS: Record<string, string> = {
  'aftersales.appealed_before': '这件售后已经申诉过一次，总部的决定就是最后的决定',
  'aftersales.code_unknown': '没有等这个码的货，请核对数字，或看顾客的申请是不是过期了',
  'aftersales.wrong_store': '换的货不在本店，请看顾客售后详情上的门店',
  'aftersales.key_reused': '这份申请已经提交过了，请到订单里看进度',
  'aftersales.kind_not_open': '这样商品现在不能这样退，请重新选',
  'aftersales.line_open': '这样商品已经有一个申请在处理',
  'aftersales.line_unknown': '没有找到这样商品，请退回上一页再进来',
  'aftersales.missing': '没有找到这件售后',
  'aftersales.photo_missing': '有一张照片过期了，请重新拍',
  'aftersales.photo_needed': '请拍一张照片，让店里看看哪里不好',
  'aftersales.reason_unfit': '这个原因不适合您选的商品，请换一个',
  'aftersales.money_back': '这几件的钱已经退给顾客了，不能再换，请店长核对订单',
  'aftersales.state_changed': '店里刚刚处理了，请看看最新的进度',
  'aftersales.sum_changed': '可退的钱刚刚变了，已经换成最新的，请再看一眼',
  'aftersales.too_late': '已经过了可以申请的时间，请打电话给门店',
  'aftersales.too_many': '没有那么多可以退了，请看看还剩几件',
  'aftersales.too_many_photos': '照片存得太多，先用已经传的，或明天再传',
  'aftersales.too_often': '这一单申请的次数太多，请打电话给门店',
  'cards.bound': '这张卡已经绑过了，绑错了请找店长',
  'cards.locked': '输错太多次，请稍等几分钟再试',
  'cards.lost': '这张卡挂失了，请找店长',
  'cards.missing': '没有这个卡号，请照卡面再输一遍',
  'cards.phone_missing': '请先在「我的资料」里绑好手机号',
  'cards.unmatched': '这个卡号和您的手机号对不上，请带上卡到店里，店员帮您绑',
  'carts.full': '购物车放满了，先结算一部分吧',
  'catalog.picture_too_large': '这张照片太大了，换一张小一点的',
  'catalog.picture_too_small': '这张照片太小，看不清，请重新拍',
  'catalog.picture_unreadable': '这张照片打不开，请换一张',
  'catalog.product_missing': '这件商品本店已经不卖了',
  'catalog.sku_missing': '有商品本店已经不卖了',
  'catalog.too_many_favourites': '收藏满了，先去掉几样吧',
  'fulfilment.already_handed': '这一单已经取走了',
  'fulfilment.code_expired': '二维码过期了，请顾客打开订单页等它换新，或报数字',
  'fulfilment.code_unknown': '没有这个提货码，请核对数字',
  'fulfilment.delivery_unavailable': '本店暂时只能到店自提',
  'fulfilment.locked': '输错太多次，请稍等几分钟再试',
  'fulfilment.no_code': '这一单现在没有提货码',
  'fulfilment.not_paid': '这一单还没付款，不能交货',
  'fulfilment.goods_awaited': '这一单是预售，货还没到店',
  'payments.balance_not_yet': '还没到付尾款的时间',
  'fulfilment.refunding': '这一单正在退款，不能交货',
  'fulfilment.slot_full': '这个时段刚刚约满，请换一个',
  'fulfilment.slot_invalid': '这个时段已经过了，请换一个',
  'fulfilment.slot_required': '这家店要约取货时段，请选一个',
  'fulfilment.weight_missing': '有称重商品还没称，先记下重量',
  'fulfilment.wrong_store': '这一单不在本店取，请看顾客订单上的门店',
  'inventory.level_missing': '这家店没有这件商品',
  'inventory.in_stock': '这件商品现在有货，可以直接买',
  'inventory.notices_full': '最多同时等 50 件商品，先取消几件',
  'inventory.stock_short': '有商品刚刚不够了，没有下单',
  'messages.missing': '没有找到这条消息',
  'messages.template_unknown': '微信的消息模板刚换过，请退出小程序再进来',
  'promoters.code_unknown': '这个码已经不用了，请店员出示新的',
  'promoters.touch_invalid': '这个码过期了，请再扫一次',
  'promoters.picture_unavailable': '微信现在画不出码，请过一会儿再试',
  'campaigns.missing': '这个活动已经结束了',
  'campaigns.not_now': '活动还没开始，或者已经结束了',
  'campaigns.paused': '活动暂停了，请过一会儿再来',
  'campaigns.sold_out': '被抢完了，没有下单',
  'campaigns.limit_reached': '您已经买到限购的数量了',
  'campaigns.not_for_you': '这个活动是给别的顾客的，看看规则里写的',
  'campaigns.goods_changed': '这个组合里的东西换过了，活动先不卖，请看看别的',
  'campaigns.one_line': '活动商品要单独下单，不和券、积分一起用',
  'campaigns.pass_needed': '人有点多，请从秒杀页面重新点一次',
  'campaigns.pass_invalid': '排队的号过期了，请从秒杀页面重新点一次',
  'campaigns.pass_used': '这个号已经下过单了，看看我的订单',
  'campaigns.not_reserved': '这一场只给预约过的顾客，可以预约下一场',
  'campaigns.too_fast': '点得太快了，等一两秒再点',
  'campaigns.device_busy': '这台手机上已经有几位顾客在抢了，换一台试试',
  'campaigns.gate_full': '排队的人满了，过一会儿再来',
  'groups.missing': '没有找到这个团，或者它不在这家店',
  'groups.over': '这个团已经结束了，可以自己开一个',
  'groups.too_late': '快截止了，来不及付款，换一个团吧',
  'groups.waits_for_leader': '团长还没付款，等一会儿再来',
  'groups.member_already': '您已经在这个团里了，一人一座',
  'groups.full': '座位刚刚坐满了，可以自己开一个团',
  'groups.only_new': '老带新的团，参团的要是还没买过的新顾客；您可以自己开团',
  'groups.cursor_invalid': '列表变了，请退出来再进一次',
  'campaigns.rally_wanted': '砍到底价才能按底价买，一次一件',
  'campaigns.box_only': '每周的箱由我们到日子替您下单，请从周期购页面订',
  'boxes.missing': '没有找到这个周期购',
  'boxes.no_box': '这个活动不是周期购',
  'boxes.ended': '这个周期购已经不订了，想要可以重新订',
  'boxes.full': '这家店每周的名额满了，可以换一家店，或者少订一份',
  'boxes.too_many': '超过每人每周能订的份数了',
  'boxes.week_unknown': '这一周已经过了，或者没有这一周',
  'boxes.week_placed': '这一周已经下了单，不要就不付款，或者到订单里取消',
  'rallies.missing': '没有找到这次砍价或助力',
  'rallies.no_rally': '这个活动不用朋友帮忙',
  'rallies.unseen': '页面开得久了，请刷新看一眼规则再点',
  'rallies.own': '不能自己帮自己，换账号、换手机号也一样',
  'rallies.helped_before': '您已经帮过了，一个人只能帮一次',
  'rallies.limit_reached': '您在这个活动里帮的次数满了',
  'rallies.limit_today': '您今天帮的次数满了，明天再来',
  'rallies.brought_before': '您已经算过一位朋友的了，一个活动算一次',
  'rallies.not_new': '这个活动只算没买过东西的朋友',
  'rallies.over': '时间过了，这次已经结束',
  'rallies.not_reached': '还没砍到底价，差几位朋友',
  'shares.subject_missing': '这件商品现在不能分享，店里可能下架了',
  'shares.too_many': '这一小时分享得太多了，过一会儿再试',
  'shares.key_unknown': '这个分享已经不在了',
  'commissions.off': '现在没有开放推广',
  'commissions.applied_already': '您已经申请过了，看看上面的结果',
  'commissions.key_unknown': '没有这个邀请码，请让推广员再发一次',
  'commissions.not_promoter': '您还不是推广员',
  'commissions.picture_unavailable': '微信现在画不出码，请过一会儿再试',
  'commissions.document_invalid': '身份证号不对，请照证件再核对一遍',
  'commissions.identity_missing': '请先填写真实姓名和身份证号',
  'commissions.too_little': '金额太小，还不能提现',
  'commissions.too_much_today': '今天的提现额度用完了，明天再来',
  'commissions.short': '可提现的没有这么多，已经换成最新的',
  'commissions.net_changed': '到账金额刚刚变了，请再看一眼',
  'commissions.withdrawal_open': '有一笔提现还没完成，先完成或取消那一笔',
  'commissions.withdrawal_missing': '没有找到这笔提现',
  'commissions.withdrawal_ended': '这笔提现已经有结果了',
  'commissions.key_reused': '这笔提现已经提交过了，请看最新的进度',
  'rewards.off': '现在没有签到，过些日子再来看看',
  'members.birthday_unknown': '没有这一天，请核对月和日',
  'members.birthday_fixed': '生日一年只能改一次，还没到能改的时候',
  'members.address_missing': '这个地址已经删掉了',
  'members.blocked': '这个账号暂时不能用，请联系门店',
  'members.card_ambiguous': '有两位顾客的码正好一样，请扫会员卡',
  'members.card_expired': '这个码过期了，请顾客等它换新再出示',
  'members.card_forged': '这不是我们的会员码，截图和假码都不行',
  'members.card_locked': '错的次数太多，请稍等几分钟再试',
  'members.card_unknown': '没有认出来，请核对尾号和六位会员码',
  'members.code_invalid': '登录凭证过期了，请再点一次',
  'members.login_unavailable': '微信登录暂时连不上，请稍后再试',
  'members.phone_taken': '这个手机号已经绑在另一个账号上',
  'members.too_many_addresses': '地址最多存 20 个，先删掉不用的吧',
  'members.missing': '没有找到这位顾客',
  'orders.desk_full': '系统正忙，请稍等几秒再点一次，不会重复',
  'orders.missing': '没有找到这一单',
  'orders.not_cancellable': '这一单已经不能取消了',
  'orders.not_refundable': '这一单没有可以退的钱了',
  'orders.not_weighed': '这样商品不用称，或者已经不在袋里',
  'orders.presale_missing': '没有人在等这样货了，请回列表看看',
  'orders.price_changed': '价格刚刚变了，已经换成最新的，请再看一眼',
  'orders.refund_too_many': '没有那么多可以退了，请看看还剩几件',
  'orders.waits_for_group': '这一单还在等成团，先不备货',
  'orders.weight_changed': '别的店员刚刚称过这一样，请看最新的重量',
  'orders.key_reused': '这一笔已经记过了，请回列表看看',
  'payments.already_paid': '这一单已经付过了',
  'payments.counter_incomplete': '现金要输给了多少，刷卡要输凭证号',
  'payments.not_payable': '这一单现在不能付款了',
  'payments.provider_off': '这家店现在不能用这种方式付款，请换一种',
  'payments.refund_handed': '这一笔别人已经退给顾客了，别再退',
  'payments.refund_missing': '没有找到这笔要退的钱',
  'payments.tendered_short': '给的钱不够',
  'payments.unavailable': '付款暂时连不上，请稍后再试',
  'coupons.code_locked': '试错太多次了，过十分钟再试',
  'coupons.code_unknown': '没有这个码，请核对一遍',
  'coupons.code_used': '这个码已经有人用过了',
  'coupons.gone': '来晚了，这种券领完了',
  'coupons.gone_today': '今天的领完了，明天再来',
  'coupons.limit_reached': '您已经领过了，每人只有这么多',
  'coupons.missing': '没有找到这张券',
  'coupons.offer_missing': '没有这种券了',
  'coupons.offer_over': '这种券现在不能领了',
  'coupons.phone_needed': '绑定手机号以后才能领',
  'coupons.unusable': '这张券刚刚用不了了，没有下单，看看新的价钱',
  'tills.coupon_code_wrong': '这个券码过期了，或不是我们的券，请顾客打开那张券等它换新',
  'tills.goods_unknown': '本店没有这个条码的商品',
  'tills.weight_price_missing': '称重商品按秤上打的价，其余的按本店的价',
  'tills.price_changed': '价钱刚刚变了，请看新的应付',
  'tills.txn_reused': '这一笔已经核销过了，换一位再来',
  'tills.reversed': '这次核销已经被店长撤销了',
  'tills.member_ref_wrong': '认出顾客超过半小时了，请顾客再出示一次',
  'tills.receipt_missing': '收银台还没把这张小票传过来',
  'points.unusable': '积分刚刚变了，没有下单，看看新的价钱',
  'stored_value.document_invalid': '身份证号不对，请核对一遍',
  'stored_value.holder_missing': '第一次充值要登记姓名和身份证号',
  'stored_value.key_reused': '这一笔刚才已经记过了，请看看余额',
  'stored_value.off': '这会儿不能用储值余额，请换一种方式付款',
  'stored_value.short': '余额刚刚变了，看看新的数目',
  'stored_value.tender_incomplete': '现金要输给了多少，刷卡要输凭证号',
  'stored_value.too_much': '超过每人余额的上限了，请少充一些',
  'pricing.amount_too_large': '这一单金额太大，请分几单下',
  'staff.credentials_wrong': '账号或密码不对',
  'staff.locked': '输错太多次，请稍等几分钟再试',
  'staff.password_change_due': '这是别人给的密码，请换成您自己的',
  'staff.password_expired': '这个密码过期了，请让店长再给一个',
  'staff.password_weak': '新密码太容易猜，换一个长一点的',
  'staff.password_wrong': '现在的密码不对',
  'staff.out_of_scope': '您的账号管不了这家店',
  'stores.closed': '门店暂停接单，没有下单',
  'stores.missing': '没有找到这家门店',
}

/** Words for a refusal, by its code. `at` is the phone's time, for the reference number. */
export function troubleOf(problem: ProblemBody, at: number): Trouble {
  const reference = referenceOf(problem.requestId, at)
  if (problem.code === 'session.missing') return { kind: 'signed_out', text: '请先登录', reference: null }
  const words = WORDS[problem.code]
  if (words) return { kind: 'refused', text: words, reference }
  if (problem.status === 401) return { kind: 'signed_out', text: '登录过期了，请重新登录', reference: null }
  if (problem.status === 429) return { kind: 'refused', text: '点得太快了，请稍等几秒再试', reference }
  if (problem.status === 404) return { kind: 'refused', text: '没有找到您要的内容', reference }
  if (problem.status === 400) return { kind: 'refused', text: '有一项填得不对，请检查一下', reference }
  return { kind: 'broken', text: '没连上店里的系统', reference }
}

/** Which of the lines was short, by name; null when the refusal does not say. */
export function shortText(
  { skuId, available }: Record<string, unknown>,
  lines: readonly { skuId: string; name: string }[],
): string | null {
  const line = lines.find((each) => each.skuId === skuId)
  if (!line || typeof available !== 'number') return null
  return available > 0 ? `${line.name}只剩 ${available} 件了，没有下单` : `${line.name}刚刚卖完了，没有下单`
}

/** Which coupon was gone, by name; null when the refusal does not say. */
export function lostCouponText(
  { couponId }: Record<string, unknown>,
  coupons: readonly { id: string; label: string }[],
): string | null {
  const coupon = coupons.find(({ id }) => id === couponId)
  return coupon ? `「${coupon.label}」刚刚用不了了，没有下单，看看新的价钱` : null
}

/** What to say when no answer came at all: the phone's network is blamed only when the phone says that it has none. */
export function silence(offline: boolean): Trouble {
  return offline
    ? { kind: 'offline', text: '没有网络，请检查手机的网络', reference: null }
    : { kind: 'unreached', text: '连不上店里的系统，请稍后再试', reference: null }
}

/** True when the server said nothing at all. */
export const isSilence = ({ kind }: Trouble): boolean => kind === 'offline' || kind === 'unreached'

/** `没有网络，显示的是 10:47 的内容`: what is shown is old, and why. */
export function keptText({ kind }: Trouble, clock: string): string {
  return `${kind === 'offline' ? '没有网络' : '连不上店里的系统'}，显示的是 ${clock} 的内容`
}

/** Short enough to read out, and enough for the log: the time and the last four signs of the request's id. */
export function referenceOf(requestId: string, at: number): string | null {
  const tail = requestId.replace(/[^0-9a-z]/gi, '').slice(-4)
  if (tail.length < 4) return null
  const beijing = new Date(at + 8 * 3_600_000).toISOString()
  return `E-${beijing.slice(11, 13)}${beijing.slice(14, 16)}-${tail.toUpperCase()}`
}
