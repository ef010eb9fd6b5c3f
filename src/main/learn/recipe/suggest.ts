import { nearestWord } from '../../base/did-you-mean.ts'

/** ` Did you mean "x"?` where a candidate is close to what was written, else nothing: the end of a message. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  const near = nearestWord(written, candidates)
  return near === undefined ? '' : ` Did you mean "${near}"?`
}
