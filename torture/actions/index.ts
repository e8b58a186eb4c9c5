import type { Action } from './action.ts'
import { apply, followUp, workAftersale } from './aftersales.ts'
import { grantCoupons } from './benefits.ts'
import { collect, collectAndRefund, getReady, guessCode } from './counter.ts'
import { pay, payAndCancel, payLate } from './paying.ts'
import { cancelFor, readConsole, refundPieces, refundWhole, workAlarms } from './refunds.ts'
import { browse, cancel, fillCart, lookAtOrder, place, placeAgain } from './shopping.ts'
import { askForTransfer, checkSums, countShelf, moveTransfer, receive, reverse, waste } from './stocking.ts'
import { decideRefund, forge, notifyOddly } from './wechat.ts'

/** Everything that anybody does in the torture. */
export const ACTIONS: readonly Action[] = [
  browse,
  fillCart,
  place,
  placeAgain,
  lookAtOrder,
  cancel,
  pay,
  payLate,
  payAndCancel,
  getReady,
  collect,
  collectAndRefund,
  guessCode,
  refundWhole,
  refundPieces,
  cancelFor,
  readConsole,
  grantCoupons,
  workAlarms,
  apply,
  followUp,
  workAftersale,
  receive,
  waste,
  countShelf,
  askForTransfer,
  moveTransfer,
  reverse,
  checkSums,
  notifyOddly,
  forge,
  decideRefund,
]
