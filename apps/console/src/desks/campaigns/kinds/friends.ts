import { numberFaults, type NumberSpec, type Typed } from './numbers.ts'

type Key = 'hours' | 'helpsEach' | 'helpsPerDay'
/** What friends may do, as it is being written; alike wherever friends help. */
export interface FriendForm extends Typed<Key> {
  helperTemplateId: string | null
}
interface FriendTerms {
  hours: number
  helpsEach: number
  helpsPerDay: number
  helperTemplateId: string | null
}

export const FRIEND_NUMBERS: readonly NumberSpec<Key>[] = [
  { key: 'hours', label: '发起后多久内', suffix: '小时', help: '活动先结束就到那时', least: 1, most: 168 },
  { key: 'helpsEach', label: '一个人整场最多帮', suffix: '次', least: 1, most: 50 },
  { key: 'helpsPerDay', label: '一个人一天最多帮', suffix: '次', least: 1, most: 20 },
]
export const newFriends: FriendForm = {
  hours: '24',
  helpsEach: '5',
  helpsPerDay: '2',
  helperTemplateId: null,
}

export const friendsOf = ({ hours, helpsEach, helpsPerDay, helperTemplateId }: FriendTerms): FriendForm => ({
  hours: String(hours),
  helpsEach: String(helpsEach),
  helpsPerDay: String(helpsPerDay),
  helperTemplateId,
})
export const friendTerms = ({
  hours,
  helpsEach,
  helpsPerDay,
  helperTemplateId,
}: FriendForm): FriendTerms => ({
  hours: Number(hours),
  helpsEach: Number(helpsEach),
  helpsPerDay: Number(helpsPerDay),
  helperTemplateId,
})
export const friendFaults = (form: FriendForm): [string, string][] => numberFaults(form, FRIEND_NUMBERS)
