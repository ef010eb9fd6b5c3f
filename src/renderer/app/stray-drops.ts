const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true

/** Keeps a file that is dropped beside the places for files from taking the page's place, until the returned function is called. */
export function ignoreStrayDrops(window: Window): () => void {
  const over = (event: DragEvent): void => {
    // A place for files has taken it already.
    if (event.defaultPrevented || !holdsFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none'
  }
  const drop = (event: DragEvent): void => {
    if (holdsFiles(event)) event.preventDefault()
  }
  window.addEventListener('dragover', over)
  window.addEventListener('drop', drop)
  return () => {
    window.removeEventListener('dragover', over)
    window.removeEventListener('drop', drop)
  }
}
