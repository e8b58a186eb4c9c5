import type { Passing } from '../services/passing-on'

export interface FriendButtonProps {
  passing: Passing
  label?: string
  look?: 'filled' | 'leaf'
  className?: string
}
