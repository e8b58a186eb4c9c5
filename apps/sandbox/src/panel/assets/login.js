import { pageData, tell } from './messenger.js'
import { nowTelephoneOf } from './telephone.js'

const back = pageData()
if (window.parent !== window) document.body.classList.add('framed')
const problem = document.querySelector('.problem')
const search = document.querySelector('input')
const cards = [...document.querySelectorAll('[data-shopper]')]

/** @param {string} text */
const say = (text) => {
  problem.textContent = text
  problem.hidden = false
}

/** @param {string} shopper */
const login = async (shopper) => {
  try {
    const reply = await fetch('/_sim/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ shopper }),
    })
    const { code, message } = await reply.json()
    if (!reply.ok) return say(message)
    nowTelephoneOf(shopper)
    if (!tell(back, { type: 'linli-login', code }, { code })) say(`没有可以返回的商家页面。登录凭证：${code}`)
  } catch {
    say('连不上沙盒，请再试一次。')
  }
}

document.addEventListener('click', (event) => {
  const card = event.target.closest('[data-shopper]')
  if (card) void login(card.dataset.shopper)
})

const sift = () => {
  const wanted = search.value.trim()
  let shown = 0
  for (const card of cards) {
    const fits = card.textContent.includes(wanted)
    card.parentElement.hidden = !fits
    if (fits) shown += 1
  }
  document.querySelector('.nobody').hidden = shown > 0
}
search.addEventListener('input', sift)
sift() // somebody may have typed before this ran
