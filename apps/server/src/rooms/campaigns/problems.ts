import { problem } from '#kernel/problem'

export const campaignMissing = problem('campaigns.missing', 404, 'there is no such campaign here')
export const notNow = problem('campaigns.not_now', 409, 'the campaign has not begun, or is over')
export const campaignPaused = problem('campaigns.paused', 409, 'the campaign is paused')
export const soldOut = problem('campaigns.sold_out', 409, 'what was released of the campaign is taken')
export const limitReached = problem('campaigns.limit_reached', 409, 'the member has as many as one may have')
export const notForYou = problem('campaigns.not_for_you', 403, 'the campaign is for other members')
export const oneLine = problem(
  'campaigns.one_line',
  400,
  'an order of a campaign has one line of its goods, and nothing else acts on it',
)
export const rallyWanted = problem(
  'campaigns.rally_wanted',
  400,
  'a bargain is bought by naming the one that is reached, one piece',
)
export const boxOnly = problem(
  'campaigns.box_only',
  409,
  'orders of boxes are placed week by week for whoever subscribed, and nobody else',
)
export const goodsChanged = problem(
  'campaigns.goods_changed',
  409,
  'the bundle is made of other things than those that were set aside',
)
export const stateWrong = problem('campaigns.state_wrong', 409, 'the campaign is not in a state for this')
export const unsound = problem('campaigns.unsound', 422, 'the terms of this campaign do not hold together')
export const editedMeanwhile = problem('campaigns.edited_meanwhile', 409, 'somebody else has edited it since')
export const overlap = problem(
  'campaigns.overlap',
  409,
  'another campaign has some of these goods in these stores at that time',
)

export const groupMissing = problem(
  'groups.missing',
  404,
  'there is no such group of these goods in this store',
)
export const groupOver = problem('groups.over', 409, 'the group is over')
export const groupTooLate = problem('groups.too_late', 409, 'nobody joins so shortly before the end')
export const groupWaits = problem('groups.waits_for_leader', 409, 'nobody has paid in this group yet')
export const groupMemberAlready = problem('groups.member_already', 409, 'the member has a seat in this group')
export const groupFull = problem('groups.full', 409, 'every seat of the group is taken')
export const groupOnlyNew = problem('groups.only_new', 403, 'only who has bought nothing yet may join')
export const groupCursorInvalid = problem('groups.cursor_invalid', 400, 'the cursor is not one of ours')
export const passNeeded = problem(
  'campaigns.pass_needed',
  409,
  'an order of this campaign needs a pass: ask at the gate first',
)
export const passInvalid = problem(
  'campaigns.pass_invalid',
  409,
  'this pass is not good for this order: ask at the gate again',
)
export const passUsed = problem('campaigns.pass_used', 409, 'another order was placed with this pass')
export const tooFast = problem('campaigns.too_fast', 429, 'asked too often: wait a moment')
export const deviceBusy = problem('campaigns.device_busy', 429, 'this telephone has brought enough members')
export const gateFull = problem('campaigns.gate_full', 503, 'the line is full: try again in a moment')
export const notReserved = problem(
  'campaigns.not_reserved',
  403,
  'only members who reserved before the session began may buy',
)
