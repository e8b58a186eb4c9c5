import { pageData } from './messenger.js'

const { search } = pageData()
const sheet = document.querySelector('.sheet')
const problem = document.querySelector('.problem')
const SEEN_MS = 900

const verdicts = {
  success: ['good', '✓', '付款成功', '正在回到商家…'],
  late: ['held', '…', '付款成功', '支付通知先压着：推进虚拟时钟，或在操作台点「立即发送」。正在回到商家…'],
  fail: ['bad', '!', '余额不足', '没有扣款，交易仍待付款。可以返回再试。'],
  begin: ['held', '…', '没有付款', '交易已建立，正在回到商家…'],
  cancel: ['held', '…', '已取消', '正在回到商家…'],
  'success-without-return': [
    'held',
    '✓',
    '付款成功',
    '不会跳回商家，就像浏览器被关掉。请自己回商家刷新订单。',
  ],
}

/** @param {string} outcome */
const showVerdict = (outcome) => {
  const [tone, sign, title, why] = verdicts[outcome]
  const badge = document.querySelector('.badge')
  const seal = Object.assign(document.createElement('p'), { className: `seal ${tone}`, textContent: sign })
  const heading = Object.assign(document.createElement('h2'), { className: 'verdict', textContent: title })
  const line = Object.assign(document.createElement('p'), { className: 'why', textContent: why })
  seal.ariaHidden = 'true'
  heading.setAttribute('role', 'status')
  sheet.classList.add('done')
  sheet.replaceChildren(sheet.querySelector('header'), badge, seal, heading, line)
  sheet.querySelector('.close').hidden = true
}

/** @param {string} outcome */
const choose = async (outcome) => {
  for (const button of document.querySelectorAll('button')) button.disabled = true
  problem.hidden = true
  try {
    const reply = await fetch('/alipay/cashier/payments', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ search, outcome }),
    })
    const answer = await reply.json()
    if (!reply.ok) throw new Error(answer.message)
    showVerdict(outcome)
    if (answer.returnTo) setTimeout(() => location.assign(answer.returnTo), SEEN_MS)
  } catch (error) {
    for (const button of document.querySelectorAll('button')) button.disabled = false
    problem.textContent = error instanceof TypeError ? '连不上沙盒，没有扣款，请再试一次。' : error.message
    problem.hidden = false
  }
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button')
  if (button && !button.disabled && button.dataset.outcome) void choose(button.dataset.outcome)
})

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') document.querySelector('.close:not([hidden])')?.click()
})
