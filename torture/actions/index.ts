import type { Action } from './action.ts'
import { apply, followUp, workAftersale } from './aftersales.ts'
import { grantCoupons, switchPoints, withdrawCoupons } from './benefits.ts'
import { lookAtBoxes, packBoxes, subscribe, turnBox } from './boxes.ts'
import { grabTwice, makeCampaign, turnCampaign } from './campaigns.ts'
import { wantCoupon } from './claims.ts'
import { collect, collectAndRefund, getReady, guessCode } from './counter.ts'
import { sendList, tellOfStock } from './erp.ts'
import { joinGroup, lookAtGroups } from './groups.ts'
import { pay, payAndCancel, payLate } from './paying.ts'
import { bindCard, undoCard } from './old-cards.ts'
import { acceptOffline, bringBack, ringUp, tellReceipts } from './pos.ts'
import { arrivePresale, payDebts } from './presales.ts'
import { bindTo, endWithdrawal, judgePromoter, promote, withdrawEarned } from './promoting.ts'
import { helpRally, openInvite, orderBargain, passOn, startRally } from './rallies.ts'
import { cancelFor, readConsole, refundGift, refundPieces, refundWhole, workAlarms } from './refunds.ts'
import { browse, cancel, fillCart, lookAtOrder, place, placeAgain } from './shopping.ts'
import { askForTransfer, checkSums, countShelf, moveTransfer, receive, reverse, waste } from './stocking.ts'
import { payOut, sendAgain, switchValue, topUp } from './stored-value.ts'
import { handBack, takeMoney } from './till.ts'
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
  takeMoney,
  handBack,
  getReady,
  collect,
  collectAndRefund,
  guessCode,
  refundWhole,
  refundPieces,
  refundGift,
  cancelFor,
  readConsole,
  grantCoupons,
  withdrawCoupons,
  switchPoints,
  makeCampaign,
  turnCampaign,
  grabTwice,
  joinGroup,
  lookAtGroups,
  startRally,
  helpRally,
  orderBargain,
  passOn,
  openInvite,
  subscribe,
  turnBox,
  lookAtBoxes,
  packBoxes,
  arrivePresale,
  payDebts,
  promote,
  judgePromoter,
  bindTo,
  withdrawEarned,
  endWithdrawal,
  wantCoupon,
  ringUp,
  tellReceipts,
  bringBack,
  acceptOffline,
  tellOfStock,
  sendList,
  bindCard,
  undoCard,
  topUp,
  payOut,
  sendAgain,
  switchValue,
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
