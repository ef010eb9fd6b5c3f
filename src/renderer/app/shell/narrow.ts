import { useMediaQuery } from '@mantine/hooks'

/** True where the window is too narrow for the words of the rail; the same width as in its styles. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 1239px)', false)
}
