import { pageData, tell } from './messenger.js'
import { whoseTelephone } from './telephone.js'

const back = pageData()
if (window.parent !== window) document.body.classList.add('framed')
const problem = document.querySelector('.problem')

/** @param {string} text */
const say = (text) => {
  problem.textContent = text
  problem.hidden = false
}

/** @param {boolean} accepted */
const choose = async (accepted) => {
  const chosen = new Set([...document.querySelectorAll('input:checked')].map((box) => box.value))
  const answers = Object.fromEntries(
    back.templateIds.map((id) => [id, accepted && chosen.has(id) ? 'accept' : 'reject']),
  )
  const shopper = whoseTelephone()
  if (shopper === null) return say('这部手机上没有人登录过微信：先在商城里登录一次。')
  try {
    const reply = await fetch('/_sim/subscriptions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ shopper, answers }),
    })
    if (!reply.ok) return say((await reply.json()).message)
    if (!tell(back, { type: 'linli-subscribe', answers }, {})) say('没有可以返回的商家页面。')
  } catch {
    say('连不上沙盒，请再试一次。')
  }
}

for (const button of document.querySelectorAll('[data-choice]'))
  button.addEventListener('click', () => void choose(button.dataset.choice === 'accept'))
