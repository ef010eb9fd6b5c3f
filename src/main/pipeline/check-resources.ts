import { statfs } from 'node:fs/promises'
import { MillraceError } from '#shared/errors.ts'
import { formatBytes } from '../base/byte-size.ts'
import type { Estimate } from '../stages/step-kind.ts'

/** Free disk that a step must leave, so that the database and the system can go on. */
const diskReserve = 50e6

/** Refuses a step that needs more memory or disk than there is, with figures, before it starts. */
export async function checkResources(step: string, estimate: Estimate, memoryBytes: number, folder: string): Promise<void> {
  if (estimate.memoryBytes > memoryBytes) {
    throw new MillraceError({
      code: 'out-of-memory',
      headline: `Step ${step} needs more memory than there is`,
      message: `It needs about ${formatBytes(estimate.memoryBytes)}; ${formatBytes(memoryBytes)} may be used.`,
      nextStep: 'Use fewer rows or columns, close other programs and set MILLRACE_MEMORY to what is free, or use a larger machine.',
      details: { step, neededBytes: estimate.memoryBytes, availableBytes: memoryBytes },
    })
  }
  const disk = await statfs(folder)
  const free = disk.bavail * disk.bsize
  if (estimate.diskBytes > 0 && estimate.diskBytes + diskReserve > free) {
    throw new MillraceError({
      code: 'disk-full',
      headline: `Step ${step} needs more disk than is free`,
      message: `It needs about ${formatBytes(estimate.diskBytes)} in ${folder} and must leave ${formatBytes(diskReserve)} free; ${formatBytes(free)} are free.`,
      nextStep: 'Free some space, for example by deleting runs under Experiments or with: millrace runs delete RUN. Then run it again; finished steps are reused.',
      details: { step, neededBytes: estimate.diskBytes, availableBytes: free },
    })
  }
}
