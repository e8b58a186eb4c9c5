/** The fewest letters of a password that its owner chooses; the server asks for the same. */
export const PASSWORD_MIN = 10

/** What is wrong with a new password typed twice, in words; null when it may be sent. */
export function ownPasswordFault(next: string, again: string): string | null {
  if (next.length < PASSWORD_MIN) return `至少 ${PASSWORD_MIN} 个字符，一句话最好记`
  return next === again ? null : '两次输的不一样'
}
