import type { ReactNode } from 'react';

interface NoticeProps {
  /** `bad` is an error, `care` asks for attention, `good` confirms, `plain` informs. */
  readonly tone: 'plain' | 'good' | 'care' | 'bad';
  readonly title?: string;
  readonly children?: ReactNode;
  /** Read out when it comes up after the page was there. */
  readonly live?: boolean;
}

export function Notice({ tone, title, children, live }: NoticeProps) {
  return (
    <div className={`notice notice--${tone}`} role={live ? 'status' : undefined}>
      {title ? <p className="notice__title">{title}</p> : null}
      {children}
    </div>
  );
}
