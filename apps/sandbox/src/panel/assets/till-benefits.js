// Who the customer is, and what they bring: plain about what needs the line and what does not.
import { el, yuan } from './dom.js'

const clear = (label, onclick) =>
  el('button', { type: 'button', class: 'drop', 'aria-label': label, title: label, onclick }, '×')

const nobody = (online) =>
  el(
    'div',
    { class: 'nobody' },
    el('b', {}, '会员？'),
    el(
      'p',
      {},
      online ? '扫会员码，或输「手机尾号 空格 六位数」' : '断网：请顾客亮会员二维码和券码，积分先不能用',
    ),
  )

const known = (member, deeds) =>
  el(
    'div',
    { class: `member ${member.how}` },
    el(
      'i',
      { class: 'face', 'aria-hidden': 'true' },
      member.how === 'online' ? member.name.slice(0, 1) || '会' : '会',
    ),
    el(
      'p',
      {},
      el('b', {}, member.how === 'online' ? member.name : '会员（二维码已核验）'),
      el(
        'small',
        {},
        member.how === 'online'
          ? `${member.phoneTail ? `手机尾号 ${member.phoneTail} · ` : ''}${member.points} 积分`
          : member.secondsLeft > 0
            ? `${member.secondsLeft} 秒内结账有效`
            : '过一分钟了，结账前请再亮一次',
      ),
    ),
    clear('不记会员', deeds.forgetMember),
  )

const couponRow = (coupon, paying, toggle) =>
  el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        class: 'choice',
        role: 'switch',
        'aria-checked': String(coupon.on),
        disabled: paying || (!coupon.acts && !coupon.on),
        onclick: () => toggle(coupon),
      },
      el('i', { class: 'tick', 'aria-hidden': 'true' }, coupon.on ? '✓' : ''),
      el('p', {}, el('b', {}, coupon.label), coupon.on ? null : el('small', {}, coupon.words)),
      coupon.offFen > 0 ? el('span', { class: 'off' }, `−${yuan(coupon.offFen)}`) : null,
    ),
  )

const pointsRow = (points, paying, deeds) =>
  el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        class: 'choice',
        role: 'switch',
        'aria-checked': String(points.on),
        disabled: paying || points.balance === 0,
        onclick: () => deeds.points(!points.on),
      },
      el('i', { class: 'tick', 'aria-hidden': 'true' }, points.on ? '✓' : ''),
      el(
        'p',
        {},
        el('b', {}, '用积分'),
        el(
          'small',
          {},
          points.on ? `用 ${points.used} 分` : points.balance === 0 ? '没有积分' : `有 ${points.balance} 分`,
        ),
      ),
      points.offFen > 0 ? el('span', { class: 'off' }, `−${yuan(points.offFen)}`) : null,
    ),
  )

const acceptedRow = (accepted, deeds) =>
  el(
    'li',
    { class: 'accepted' },
    el('i', { class: 'tick', 'aria-hidden': 'true' }, '✓'),
    el(
      'p',
      {},
      el('b', {}, accepted.label),
      el(
        'small',
        {},
        accepted.offFen === 0
          ? '还没到门槛'
          : accepted.secondsLeft > 0
            ? `离线核验过，${accepted.secondsLeft} 秒内结账有效`
            : '过五分钟了，请再扫一次',
      ),
    ),
    accepted.offFen > 0 ? el('span', { class: 'off' }, `−${yuan(accepted.offFen)}`) : null,
    clear('不用这张券', deeds.forgetCoupon),
  )

/** Draws all of it; `deeds` are what its buttons do. */
export const drawBenefits = (region, { sale, line }, deeds) => {
  const { member, coupons, accepted, points, paying } = sale
  // What acts stands first; those that cannot are few words at the end.
  const ordered = [...coupons].sort((a, b) => Number(b.on) - Number(a.on) || Number(b.acts) - Number(a.acts))
  const rows = [
    ...ordered.map((coupon) => couponRow(coupon, paying, deeds.toggle)),
    accepted ? acceptedRow(accepted, deeds) : null,
    points ? pointsRow(points, paying, deeds) : null,
  ].filter((row) => row !== null)
  region.replaceChildren(
    member ? known(member, deeds) : nobody(line.online),
    ...(rows.length > 0 ? [el('ul', { class: 'choices' }, ...rows)] : []),
    ...(member?.how === 'online' && rows.length === 0
      ? [
          el(
            'p',
            { class: 'hint' },
            line.online ? '先扫商品，再看能用哪些券' : '断网：券请扫券码，积分先不能用',
          ),
        ]
      : []),
  )
}
