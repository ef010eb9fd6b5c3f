import { useDeferredValue, type ReactElement, type ReactNode } from 'react'

/**
 * Draws what takes long in work of its own, after what stands around it: the press that asked for it is answered at once, and while it is
 * drawn, React lets other work in. Until then `meanwhile` is in its place.
 */
export function Later({ children, meanwhile }: { readonly children: ReactNode; readonly meanwhile?: ReactNode }): ReactElement {
  const isTime = useDeferredValue(true, false)
  return <>{isTime ? children : meanwhile}</>
}
