/**
 * Keeps the browser from leaving the page for a file or a link that is let go beside the field that takes it: it would
 * open it in place of the call. What a part of the page takes itself, it takes as before.
 */
export function keepDropsOut(page: Pick<Window, 'addEventListener'>): void {
  const refuse = (event: DragEvent) => {
    const { dataTransfer, target } = event
    if (event.defaultPrevented || dataTransfer === null) return
    const { types } = dataTransfer
    const isFile = types.includes('Files')
    if (!isFile && (!types.includes('text/uri-list') || isWritable(target))) return
    event.preventDefault()
    dataTransfer.dropEffect = 'none'
  }
  page.addEventListener('dragover', refuse)
  page.addEventListener('drop', refuse)
}

const isWritable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null
