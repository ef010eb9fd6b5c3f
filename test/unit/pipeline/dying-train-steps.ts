import { existsSync, readFileSync, rmSync } from 'node:fs'
import { stepKinds as builtIn } from '../../../src/main/stages/index.ts'
import type { StepKind } from '../../../src/main/stages/step-kind.ts'

/** The built-in step kinds, of which train/model kills its thread at the n-th look at the flag that cancels, where a file `dies` says n; the file is gone then. */
export const stepKinds: readonly StepKind[] = builtIn.map((kind) => (kind.id === 'train/model' ? dying(kind) : kind))

function dying(kind: StepKind): StepKind {
  return {
    ...kind,
    run(work, ctx) {
      const file = ctx.resolvePath('dies')
      const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Infinity
      let looks = 0
      return kind.run(work, {
        ...ctx,
        throwIfAborted() {
          ctx.throwIfAborted()
          if (++looks < last) return
          rmSync(file)
          process.exit(7)
        },
      })
    },
  }
}
