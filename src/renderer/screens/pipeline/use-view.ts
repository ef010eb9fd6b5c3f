import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import type { View } from './head.tsx'

const stored = 'millrace-pipeline-view'

/** How the pipeline is shown, kept for the next time; a narrow window has no room for both halves. */
export function useView(): { readonly view: View; readonly narrow: boolean; setView(view: View): void } {
  const narrow = useMediaQuery('(max-width: 1239px)', false, { getInitialValueInEffect: false })
  const [chosen, setChosen] = useState<View>(() => {
    const before = localStorage.getItem(stored)
    return before === 'graph' || before === 'yaml' ? before : 'split'
  })
  return {
    view: narrow && chosen === 'split' ? 'graph' : chosen,
    narrow,
    setView(view) {
      setChosen(view)
      localStorage.setItem(stored, view)
    },
  }
}
