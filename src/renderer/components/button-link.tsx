import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactElement, Ref } from 'react'

type AnchorProps = ButtonProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { readonly ref?: Ref<HTMLAnchorElement> }

function AnchorButton(props: AnchorProps): ReactElement {
  return <Button component="a" {...props} />
}

/** A link that looks like a button; its address is checked as that of every link. */
export const ButtonLink = createLink(AnchorButton)
