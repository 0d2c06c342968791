import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core';
import { singleKeys, useSingleKeys } from '../../lib/preferences.ts';
import { COLOR_SCHEMES } from '../../shell/color-schemes.ts';

export const Appearance = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const keys = useSingleKeys();
  return (
    <>
      <div className="br-field">
        <span id="scheme-label" className="br-label">
          Colour scheme
        </span>
        <SegmentedControl
          size="xs"
          aria-labelledby="scheme-label"
          value={colorScheme}
          data={COLOR_SCHEMES.map(({ value, label }) => ({ value, label }))}
          onChange={(value) => {
            const scheme = COLOR_SCHEMES.find((candidate) => candidate.value === value);
            if (scheme !== undefined) setColorScheme(scheme.value);
          }}
        />
      </div>
      <Switch
        size="xs"
        label="Single-key shortcuts"
        description="j and k to move, / to search, g and a letter to change the screen, Space to pause. Ctrl or ⌘ with K always works."
        checked={keys}
        onChange={(event) => singleKeys.set(event.currentTarget.checked)}
      />
    </>
  );
};
