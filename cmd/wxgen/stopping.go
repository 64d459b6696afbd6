package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// writing is the context of a verb that begins to write. Before that an interrupt ends the process,
// since there is nothing to restore. From then on the first interrupt ends the context, and the
// second one the process.
func writing(c *cobra.Command) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// waiting tells the user that another process writes to the folder.
func waiting(c *cobra.Command) func(dir string) {
	return func(dir string) {
		fmt.Fprintf(c.ErrOrStderr(), "wxgen: waiting for another wxgen that writes to %s\n", dir)
	}
}
