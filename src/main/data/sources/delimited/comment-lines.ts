const marks = ['#', '%', '//'] as const

/**
 * What comment lines begin with, where the text begins with such lines and goes on with others; undefined where it does
 * not. Lines are those of the sample's beginning.
 */
export function detectComment(lines: readonly string[]): string | undefined {
  const filled = lines.filter((line) => line.trim() !== '')
  const mark = marks.find((candidate) => filled[0]?.trimStart().startsWith(candidate))
  if (mark === undefined) return undefined
  const data = filled.find((line) => !line.trimStart().startsWith(mark))
  return data === undefined ? undefined : mark
}

/** The sample's text without its comment lines and first `skip` lines: they become empty, so that lines keep their numbers. */
export function withoutComments(sample: string, comment: string | undefined, skip: number): string {
  if (skip === 0 && comment === undefined) return sample
  const parts = sample.split(/(\r\n|\n|\r)/)
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return part
      return index / 2 < skip || (comment !== undefined && part.trimStart().startsWith(comment)) ? '' : part
    })
    .join('')
}

/** The last comment line before a 0-based line, without its mark: a header may stand in it (`#id,name`). */
export function commentBefore(lines: readonly string[], line: number, comment: string): string | undefined {
  const before = lines.slice(0, line).findLast((text) => text.trim() !== '')?.trimStart()
  return before?.startsWith(comment) === true ? before.slice(comment.length).trimStart() : undefined
}
