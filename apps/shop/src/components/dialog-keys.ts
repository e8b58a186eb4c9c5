/** A phone's own back gesture and reader handle dialogs; there are no keys to listen to. */
export function useDialogKeys(_onClose: () => void): void {
  return undefined
}
