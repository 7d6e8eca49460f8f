import { Modal, type ModalProps } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { shell, useTexts } from '../i18n/index.ts';

interface Props extends Pick<ModalProps, 'width' | 'closable' | 'keyboard' | 'mask'> {
  title: ReactNode;
  /** What it is for: a button in its foot, which Enter in a line presses, too. */
  go?: {
    words: string;
    run: () => void;
    isBusy?: boolean | undefined;
    isDisabled?: boolean | undefined;
    isDanger?: boolean | undefined;
    /** Has the focus from the first, so that Enter is enough: what was asked for by a key can be confirmed by one. */
    isFocused?: boolean | undefined;
  };
  /** In place of the buttons to go and to cancel; null for none. */
  foot?: ReactNode;
  onEnd?: () => void;
  children: ReactNode;
}

/** A dialog, there from its first to its last moment in the page; the focus then returns to what opened it. */
export function Dialog({ go, foot, onEnd, children, ...frame }: Props) {
  const words = useTexts(shell);
  useFocusBack();
  return (
    <Modal
      {...frame}
      open
      onCancel={onEnd}
      cancelText={words('cancel')}
      {...(foot !== undefined && { footer: foot })}
      {...(go && {
        okText: go.words,
        okButtonProps: {
          htmlType: 'submit',
          danger: go.isDanger,
          loading: go.isBusy,
          disabled: go.isDisabled,
          autoFocus: go.isFocused,
        },
        modalRender: (dialog) => (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation(); // in React's tree it may stand in another form
              go.run();
            }}
          >
            {dialog}
          </form>
        ),
      })}
    >
      {children}
    </Modal>
  );
}

/** The library gives the focus back to what opened a dialog only when it is closed, and not when it is taken away. */
function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    // One dialog may take the place of another: by now what opened that one has the focus again.
    const back = opener?.isConnected ? opener : document.activeElement;
    return () => {
      if (back instanceof HTMLElement) back.focus();
      if (document.activeElement === document.body) document.querySelector('main')?.focus();
    };
  }, [opener]);
}
