/** 商家转账: money from the merchant to a person, who has to confirm it on the telephone within a day. */
import { openField } from '../crypto.ts'
import { beijingTime, newTransferBillNo, newTransferPackage } from '../ids.ts'
import type { Transfer } from '../records.ts'
import { happeningAt } from '../world.ts'
import type { World } from '../world.ts'
import { canonical, list, object, text, whole } from './fields.ts'
import type { Endpoint, Input } from './endpoint.ts'
import type { FieldObject } from './fields.ts'
import { checkBody, checkNotifyUrl, looseText, textOf } from './orders.ts'
import { refuse, refuseField } from './refusals.ts'
import {
  cancelTransfer,
  confirmTransfer,
  scheduleExpiry,
  settleTransfer,
  transferView,
} from './transferring.ts'

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills'
/** WeChat asks for the receiver's name from 2,000 yuan. */
const NAME_FROM_FEN = 200_000
const DAILY_FEN = 2_000_000
const DAY_MS = 86_400_000
export const CONFIRM_MS = DAY_MS

/** What the scenes that this merchant was granted have to be reported with. */
const SCENES: Readonly<Record<string, readonly string[]>> = {
  '1000': ['活动名称', '奖励说明'],
  '1005': ['岗位类型', '报酬说明'],
}

const transferBody = object({
  'appid!': text(32),
  'out_bill_no!': text(32, 1, /^[0-9A-Za-z]+$/),
  'transfer_scene_id!': text(36),
  'openid!': text(64),
  user_name: text(1024),
  'transfer_amount!': whole(10, 2_000_000),
  'transfer_remark!': text(32),
  notify_url: text(256),
  user_recv_perception: text(64),
  'transfer_scene_report_infos!': list(object({ 'info_type!': text(15), 'info_content!': text(32) }), 10),
})
const numberOf = ({ body }: Input): string => looseText(body, 'out_bill_no') ?? ''

export const transfer: Endpoint = {
  route: 'transfer',
  method: 'POST',
  path: BILLS,
  about: (world, input) => ({
    outTradeNo: numberOf(input),
    shopper: world.store.shopperByOpenid.get(looseText(input.body, 'openid') ?? ''),
  }),
  answer: (world, input) => {
    checkBody(input.body, transferBody)
    const made = reenter(world, input) ?? make(world, input)
    return {
      status: 200,
      body: {
        out_bill_no: made.outBillNo,
        transfer_bill_no: made.billNo,
        create_time: made.createTime,
        state: made.state,
        ...(made.state === 'WAIT_USER_CONFIRM' ? { package_info: made.packageInfo } : {}),
      },
    }
  },
}

/** The transfer this number already stands for. Anything else under it is refused. */
const reenter = (world: World, input: Input): Transfer | null => {
  const earlier = world.store.transfers.get(textOf(input.body, 'out_bill_no'))
  if (!earlier) return null
  if (earlier.fingerprint !== fingerprint(world, input)) refuse('transferChanged')
  return earlier
}

/** What must not change on a repeat. A name is sealed anew each time: what counts is what is inside. */
const fingerprint = (world: World, input: Input): string =>
  canonical({ ...input.body, user_name: nameOf(world, input) })

const nameOf = (world: World, { body, serial }: Input): string | null => {
  const sealed = looseText(body, 'user_name')
  if (sealed === undefined) return null
  const key = [world.keys.publicKey, world.keys.certificate].find(({ id }) => id === serial)
  try {
    if (!key) throw new RangeError('no such key')
    return openField(sealed, key.privateKey)
  } catch {
    return refuse('fieldUnreadable')
  }
}

const checkScene = (body: FieldObject): void => {
  const wanted = SCENES[textOf(body, 'transfer_scene_id')] ?? refuse('transferSceneMissing')
  const infos = Array.isArray(body.transfer_scene_report_infos) ? body.transfer_scene_report_infos : []
  const given = infos.map((info) => textOf(info as FieldObject, 'info_type'))
  if (wanted.length !== given.length || wanted.some((name) => !given.includes(name)))
    refuseField({
      field: '/transfer_scene_report_infos',
      value: given.join('、'),
      issue: `应为 ${wanted.join('、')}`,
    })
}

const sentToday = (world: World, openid: string): number => {
  const since = world.clock.now() - DAY_MS
  let sum = 0
  for (const one of world.store.transfers.values())
    if (one.openid === openid && one.createdAt > since && one.state !== 'CANCELLED' && one.state !== 'FAIL')
      sum += one.amountFen
  return sum
}

const make = (world: World, input: Input): Transfer => {
  const { body } = input
  if (textOf(body, 'appid') !== world.keys.appId) refuse('appMismatch')
  const openid = textOf(body, 'openid')
  if (!world.store.shopperByOpenid.has(openid)) refuse('openidMismatch')
  const notifyUrl = looseText(body, 'notify_url')
  if (notifyUrl !== undefined) checkNotifyUrl(notifyUrl, world.config.notifyAllowHttp, '/notify_url')
  checkScene(body)
  const amountFen = Number(body.transfer_amount)
  const name = nameOf(world, input)
  if (amountFen >= NAME_FROM_FEN && name === null)
    refuseField({ field: '/user_name', value: null, issue: '转账金额 2,000 元及以上必填' })
  if (sentToday(world, openid) + amountFen > DAILY_FEN) refuse('transferTooMuch')
  const at = happeningAt(world)
  const made: Transfer = {
    outBillNo: textOf(body, 'out_bill_no'),
    billNo: newTransferBillNo(at),
    openid,
    shopper: world.store.shopperByOpenid.get(openid) ?? null,
    name,
    amountFen,
    remark: textOf(body, 'transfer_remark'),
    notifyUrl: notifyUrl ?? null,
    fingerprint: fingerprint(world, input),
    packageInfo: newTransferPackage(),
    state: input.fault === 'transfer-hold' ? 'PROCESSING' : 'WAIT_USER_CONFIRM',
    failReason: null,
    createdAt: world.clock.now(),
    expiresAt: world.clock.now() + CONFIRM_MS,
    createTime: beijingTime(at),
    updateTime: beijingTime(at),
  }
  world.store.keepTransfer(made)
  if (input.fault === 'transfer-fail')
    settleTransfer(world, made, 'FAIL', input.action?.code ?? 'NAME_NOT_CORRECT')
  else scheduleExpiry(world, made)
  return made
}

const known = (world: World, number: string | undefined): Transfer =>
  world.store.transfers.get(number ?? '') ?? refuse('transferMissing')

/** A query never says what the telephone needs to confirm: whoever lost that asks with the same number again. */
export const transferQuery: Endpoint = {
  route: 'transfer-query',
  method: 'GET',
  path: `${BILLS}/out-bill-no/:number`,
  about: (_world, { params }) => ({ outTradeNo: params.number }),
  answer: (world, { params }) => ({ status: 200, body: transferView(world, known(world, params.number)) }),
}

/** Only accepted: a moment later it is cancelled, unless the receiver was quicker. */
export const transferCancel: Endpoint = {
  route: 'transfer-cancel',
  method: 'POST',
  path: `${BILLS}/out-bill-no/:number/cancel`,
  about: (_world, { params }) => ({ outTradeNo: params.number }),
  answer: (world, { params, body, fault }) => {
    checkBody(body, object({}))
    const found = known(world, params.number)
    if (fault === 'confirm-first' && found.state === 'WAIT_USER_CONFIRM') confirmTransfer(world, found)
    if (found.state === 'SUCCESS' || found.state === 'FAIL' || found.state === 'TRANSFERING')
      refuse('transferEnded')
    cancelTransfer(world, found)
    return {
      status: 200,
      body: {
        out_bill_no: found.outBillNo,
        transfer_bill_no: found.billNo,
        state: found.state,
        update_time: found.updateTime,
      },
    }
  },
}
