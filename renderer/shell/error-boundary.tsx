import { Component, type ReactNode } from "react";
import { Button } from "../design/button";
import { Page } from "../design/page";
import { Banner } from "../design/status";

interface ErrorBoundaryProps {
  /** A new value means another screen, which is drawn afresh. */
  readonly screen: string;
  readonly children: ReactNode;
}

/** Keeps a fault in one screen from taking the window with it: rail and strip stay, what was entered stays. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: ErrorBoundaryProps): void {
    if (this.state.failed && before.screen !== this.props.screen) this.setState({ failed: false });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Page
        title="This screen cannot be shown"
        lead="What you entered is kept."
        actions={
          <Button tone="primary" onClick={() => this.setState({ failed: false })}>
            Show it again
          </Button>
        }
      >
        <Banner tone="fail">Something in this screen is broken. Show it again, or go on with another step.</Banner>
      </Page>
    );
  }
}
