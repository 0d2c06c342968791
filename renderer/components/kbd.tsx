export const Kbd = ({ children }: { readonly children: string }) => <kbd className="br-kbd">{children}</kbd>;
