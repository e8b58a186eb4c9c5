import { pageData, tell } from './messenger.js'

const back = pageData()
if (window.parent !== window) document.body.classList.add('framed')
const problem = document.querySelector('.problem')

/** @param {string} text */
const say = (text) => {
  problem.textContent = text
  problem.hidden = false
}

/** @param {'ok' | 'cancel'} result */
const leave = (result) => {
  if (!tell(back, { type: 'linli-transfer', result }, { result })) say('没有可以返回的商家页面。')
}

const confirm = async () => {
  const buttons = [...document.querySelectorAll('button')]
  for (const button of buttons) button.disabled = true
  try {
    const reply = await fetch('/_sim/transfers/confirmation', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ package: back.package }),
    })
    if (!reply.ok) throw new Error((await reply.json()).message)
    leave('ok')
  } catch (error) {
    for (const button of buttons) button.disabled = false
    say(error instanceof TypeError ? '连不上沙盒，请再试一次。' : error.message)
  }
}

for (const button of document.querySelectorAll('[data-choice]'))
  button.addEventListener('click', () =>
    button.dataset.choice === 'confirm' ? void confirm() : leave('cancel'),
  )
