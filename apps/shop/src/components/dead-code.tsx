import type { Trouble } from '../models/problem-words'
import { Button } from './button'
import { Box } from './elements'
import { Icon } from './icon'

interface DeadCodeProps {
  /** What the code is called: 会员码. */
  name: string
  trouble: Trouble
  again: () => Promise<void>
}

/** What was shown is worth nothing any more, and says so. */
export function DeadCode({ name, trouble, again }: DeadCodeProps) {
  return (
    <Box className="ll-dead" role="alert">
      <Icon name="wifi" size={24} />
      <Box className="ll-dead-words">
        <Box className="ll-strong">{name}失效了</Box>
        <Box>{trouble.text}。连上后会自己换新，截图也用不了。</Box>
      </Box>
      <Button look="line" size="small" busyText="正在换" onPress={again}>
        再试
      </Button>
    </Box>
  )
}
