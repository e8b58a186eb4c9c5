import { toast } from '../services/toast'
import { useCell } from '../services/watch'
import { Box, Press, Words } from './elements'

/** The one line that may lie over a page for two seconds. */
export function Toasts({ lifted }: { lifted: boolean }) {
  const shown = useCell(toast)
  return (
    <Box className={`ll-toasts ${lifted ? 'll-toasts-lifted' : ''}`} role="status">
      {shown && (
        <Box className="ll-toast">
          <Words>{shown.text}</Words>
          {shown.undo && (
            <Press
              className="ll-toast-undo"
              onPress={() => {
                toast.set(null)
                shown.undo?.run()
              }}
            >
              {shown.undo.label}
            </Press>
          )}
        </Box>
      )}
    </Box>
  )
}
