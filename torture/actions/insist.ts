import type { Dice } from '../dice.ts'
import { type Answer, answerOf } from '../people.ts'

const isUnclear = <T>(answer: Answer<T>): boolean =>
  answer.kind === 'lost' || (answer.kind === 'refused' && answer.problem.status >= 500)

/**
 * Sends something that is safe to repeat as people do: once, twice at the same time, or again and again until it is answered. Answers everything
 * that was heard.
 */
export async function inDoubt<T>(dice: Dice, send: () => Promise<T>): Promise<Answer<T>[]> {
  const manner = dice.weigh({ once: 5, twice: 2, again: 3, after: 1 })
  if (manner === 'twice') return Promise.all([answerOf(send()), answerOf(send())])
  const answers = [await answerOf(send())]
  if (manner === 'after') answers.push(await answerOf(send()))
  if (manner === 'again')
    while (answers.length < 3 && answers.every(isUnclear)) answers.push(await answerOf(send()))
  return answers
}
