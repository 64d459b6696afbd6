package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/index"
	"github.com/wxgen/wxgen/internal/page"
	"github.com/wxgen/wxgen/internal/scaffold"
)

func newNew() *cobra.Command {
	n := &beginner{importer: importer{files: map[string]func() ([]byte, error){}}}
	c := &cobra.Command{
		Use:   "new METHOD PATH",
		Short: "Write a new operation into the description",
		Long: `New writes an operation into the description or, with --webhook, a notification. It writes into the
file of the service, and begins this file if there is none. The operation's name follows from method
and path, and lint finds no fault with it. New prints where the operation stands, how to call it in
Go, and what to do next.

A list of fields has commas between them. A field has this form:
  ` + scaffold.Field + `
--sensitive names fields of the other lists that are encrypted; a name that is in none of them
becomes one more field of the body.

Exit codes: 0 written; 1 it exists already, or clashes with what exists; 2 wrong usage, or a file
cannot be read or written.`,
		Example: `  wxgen new POST /v3/payroll-card/greetings/{openid} --body tone,amount.total:integer --sensitive user_name
  wxgen new GET /v3/payroll-card/greetings/{openid} --query sub_mchid:required --reply state,greeted_at:time
  wxgen new POST /v3/payroll-card/pictures --upload --reply media_id:required
  wxgen new GET /v3/payroll-card/greetings/file --download
  wxgen new --webhook PAYROLL_CARD.GREETED --body openid,greeted_at:time`,
		RunE: func(c *cobra.Command, args []string) error { return n.run(c, args) },
		ValidArgsFunction: func(c *cobra.Command, args []string, typed string) ([]string,
			cobra.ShellCompDirective) {
			if len(args) > 0 {
				return complete(n.paths)(c, args, typed)
			}
			return complete(func() []string { return scaffold.Methods })(c, args, typed)
		},
	}
	n.layerFlags(c)
	w := &n.wanted
	c.Flags().StringVar(&w.Title, "title", "",
		"`title` of the operation, such as that of its reference page")
	c.Flags().StringVar(&w.Event, "webhook", "",
		"write a notification of this `type`, such as TRANSACTION.SUCCESS")
	c.Flags().StringSliceVar(&w.Body, "body", nil, "`fields` of the body")
	c.Flags().StringSliceVar(&w.Query, "query", nil, "`fields` of the query")
	c.Flags().StringSliceVar(&w.Reply, "reply", nil,
		"`fields` of the reply (default: none, which is 204)")
	c.Flags().StringSliceVar(&w.Sensitive, "sensitive", nil, "`fields` that are encrypted")
	c.Flags().BoolVar(&w.Upload, "upload", false,
		"the request sends a file; the fields of --body describe it")
	c.Flags().BoolVar(&w.Download, "download", false, "the reply is a file")
	return c
}

// beginner is the verb new: an import of a made-up page.
type beginner struct {
	importer
	wanted scaffold.Wanted
}

func (n *beginner) run(c *cobra.Command, args []string) error {
	w := &n.wanted
	switch {
	case w.Event != "" && len(args) > 0:
		return fmt.Errorf("--webhook %s has the place of method and path, but there is %q", w.Event,
			args[0])
	case w.Event == "" && len(args) != 2:
		return errors.New("new what? Name a method and a path, like POST " +
			"/v3/payroll-card/greetings/{openid}, or --webhook and a type")
	case w.Event == "":
		w.Method, w.Path = strings.ToUpper(args[0]), args[1]
	}
	p, err := w.Page()
	if err != nil {
		return err
	}
	pages := []*page.Page{p}
	if err := n.narrow(pages); err != nil {
		return err
	}
	at, mend, err := n.where()
	if err != nil {
		return err
	}
	if at != "" {
		return &failure{1, fmt.Errorf("%s is there already, at %s; %s", w.Name(), at, mend)}
	}
	if _, _, _, err := n.merge(c, pages); err != nil {
		return err
	}
	if len(n.faults) > 0 {
		return &failure{1, errors.New(strings.Join(n.faults, "\n"))}
	}
	return n.tell(c)
}

// where finds the operation in the description, and says how to change it; "" if the description
// lacks it.
func (n *beginner) where() (at, mend string, err error) {
	w, err := n.workspace()
	if err != nil {
		return "", "", err
	}
	defer w.close()
	whole, err := w.whole()
	if err != nil {
		return "", "", err
	}
	mend = "edit it there"
	name, line, col := n.wanted.Where(whole.Texts)
	if name == "" {
		return "", "", nil
	}
	if own, _, _ := n.wanted.Where(w.files); own == "" {
		mend = fmt.Sprintf("what is to differ from it stands under the same path in %s",
			filepath.ToSlash(w.path(name)))
	}
	if w.under == nil {
		return fmt.Sprintf("%s:%d:%d", filepath.ToSlash(w.path(name)), line, col), mend, nil
	}
	return whole.At(name, line, col), mend, nil
}

// tell prints the place of the operation, its name in Go, and the next steps.
func (n *beginner) tell(c *cobra.Command) error {
	at, _, err := n.where()
	if err != nil {
		return err
	}
	out := c.OutOrStdout()
	fmt.Fprintf(out, "wxgen: %s stands at %s\n", n.wanted.Name(), at)
	flag := n.flagsAgain(c)
	api, err := n.read(nil)
	if faults, ok := fault.As(err); ok {
		fmt.Fprintf(out, "next: mend what was there before, which wxgen lint%s names: %s\n", flag,
			summary(faults))
		return nil
	}
	if err != nil {
		return err
	}
	if n.included != "" {
		fmt.Fprintf(out, "wxgen: %s\n", n.included)
	}
	for _, e := range index.Entries(api) {
		if n.wanted.Is(e.Method, e.Path) {
			fmt.Fprintf(out, "in Go: %s\n", spelled(e))
		}
	}
	fmt.Fprintf(out, "next: say there what it is and what each field means, then: wxgen lint%s "+
		"&& wxgen generate%s\n", flag, flag)
	return nil
}

// flagsAgain are the flags on the command line that select the description.
func (n *beginner) flagsAgain(c *cobra.Command) (again string) {
	if c.Flags().Changed("spec") {
		again += " --spec " + quoted(n.dir)
	}
	if c.Flags().Changed("layer") {
		again += " --layer " + quoted(strings.Join(n.over, ","))
	}
	return again
}

// spelled is an entry's name in a Go program.
func spelled(e index.Entry) string {
	if !isOperation(e) {
		return e.Go
	}
	return fmt.Sprintf("client.%s, whose types begin with %s", e.Go, e.ID)
}
