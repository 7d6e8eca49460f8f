import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useRef } from 'react';

interface Props {
  /** What is named by it: the row, too. */
  label: string;
  className?: string | undefined;
  items: readonly { key: string; label: string; danger?: boolean; run: () => void }[];
}

/** What is done with a row now and then, behind one button, which has the focus again before anything is asked. */
export function RowMenu({ label, className, items }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  if (items.length === 0) return null;
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: items.map(({ run: _, ...item }) => item),
        onClick: ({ key }) => {
          button.current?.focus();
          items.find((item) => item.key === key)?.run();
        },
      }}
    >
      <Button
        ref={button}
        className={className}
        type="text"
        icon={<MoreOutlined />}
        aria-label={label}
        aria-haspopup="menu"
      />
    </Dropdown>
  );
}
