package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/wxgen/wxgen/internal/brief"
	"go.yaml.in/yaml/v4"
)

// commandInDocs finds a command at the beginning of a line of code or of a list item.
var commandInDocs = regexp.MustCompile(
	`^\s*(?:- |\$ |go run \./cmd/|go tool )?(wxgen(?: [^#>&|]*)?)`)

// All commands on the pages have existing verbs and flags, and all their YAML is valid.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join("..", "..", "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	commands := 0
	for _, page := range pages {
		for _, code := range regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```").
			FindAllStringSubmatch(read(t, page), -1) {
			if code[1] == "yaml" {
				var any any
				if err := yaml.Unmarshal([]byte(code[2]), &any); err != nil {
					t.Errorf("%s: %v in\n%s", page, err, code[2])
				}
			}
			if code[1] == "go" {
				continue
			}
			for line := range strings.Lines(strings.ReplaceAll(code[2], "\\\n", " ")) {
				if found := commandInDocs.FindStringSubmatch(line); found != nil {
					commands++
					if err := knownCommand(found[1]); err != nil {
						t.Errorf("%s: %s: %v", page, strings.TrimSpace(line), err)
					}
				}
			}
		}
	}
	if commands < 10 {
		t.Errorf("only %d commands", commands)
	}
}

// knownCommand parses a command line without running it.
func knownCommand(line string) error {
	root := newRoot()
	root.InitDefaultCompletionCmd()
	c, args, err :=
		root.Find(strings.Fields(strings.NewReplacer("'", "", `"`, "").Replace(line))[1:])
	if err != nil || c == root && len(args) > 0 && isWord(args[0]) {
		return noVerb(root, args)
	}
	return c.ParseFlags(args)
}

func TestKnownCommand(t *testing.T) {
	for line, known := range map[string]bool{
		"wxgen lint --spec x": true, "wxgen completion bash": true, "wxgen": true,
		"wxgen lnit": false, "wxgen lint --spce x": false,
		"wxgen new POST '/v3/a/{b}' --body c": true,
	} {
		if err := knownCommand(line); (err == nil) != known {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// action holds the parts of action.yml for the test.
type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Steps []struct {
			Uses, Run string
			Env       map[string]string
		}
	}
}

// run runs the scripts of the action in a folder, and returns their output.
func (a *action) run(t *testing.T, bash, root, temp, work string, inputs map[string]string) (string,
	error) {
	t.Helper()
	var out strings.Builder
	for _, step := range a.Runs.Steps {
		if step.Uses != "" {
			continue
		}
		c := exec.Command(bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
		c.Dir, c.Stdout, c.Stderr = work, &out, &out
		c.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+root, "RUNNER_TEMP="+temp,
			"GITHUB_WORKSPACE="+work)
		for name, value := range step.Env {
			input := strings.TrimSuffix(strings.TrimPrefix(value, "${{ inputs."), " }}")
			def, ok := a.Inputs[input]
			if !ok {
				t.Fatalf("%s is no input", value)
			}
			if given, ok := inputs[input]; ok {
				def.Default = given
			}
			c.Env = append(c.Env, name+"="+def.Default)
		}
		if err := c.Run(); err != nil {
			return out.String(), err
		}
	}
	return out.String(), nil
}

// The action's own scripts run as on GitHub, on a correct and on a faulty description.
func TestAction(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil || brief.Run() {
		t.Skip("it takes bash, and builds wxgen")
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	var a action
	if err := yaml.Unmarshal([]byte(read(t, filepath.Join(root, "action.yml"))), &a); err != nil {
		t.Fatal(err)
	}
	temp, work := t.TempDir(), t.TempDir()
	write(t, filepath.Join(work, "go.mod"), "module example.com/shop\n\ngo 1.26.0\n")
	write(t, filepath.Join(work, "api", "v3", "coin.yaml"), coin)
	expect := func(inputs map[string]string, ok bool, words ...string) {
		t.Helper()
		out, err := a.run(t, bash, root, temp, work, inputs)
		if (err == nil) != ok {
			t.Errorf("%v: %v\n%s", inputs, err, out)
		}
		for _, w := range words {
			if !strings.Contains(out, w) {
				t.Errorf("%v: no %q in\n%s", inputs, w, out)
			}
		}
	}
	expect(map[string]string{"verbs": "lint fmt", "flags": "--spec api", "sarif": "out.sarif"},
		true, "no faults in 1 operation")
	if !strings.Contains(read(t, filepath.Join(work, "out.sarif")), `"results": []`) {
		t.Error("the SARIF file is not one without results")
	}
	expect(map[string]string{"flags": "--spec api"}, false,
		"::error file=generated/wechatpay/wechatpay.go,title=wxgen::this file is missing")
	write(t, filepath.Join(work, "api", "v3", "coin.yaml"),
		strings.Replace(coin, "summary", "sumary", 1))
	expect(map[string]string{"flags": "--spec api", "sarif": "out.sarif"}, false,
		`::error file=api/v3/coin.yaml,line=7,col=7,title=wxgen::operation POST /v3/coin/mint: unknown key "sumary"; did you mean summary?`)
	if !strings.Contains(read(t, filepath.Join(work, "out.sarif")), "did you mean summary?") {
		t.Error("the SARIF file has not what lint found")
	}
	expect(map[string]string{"verbs": "lnit"}, false, "::error title=wxgen::unknown verb lnit")
}

const coin = `openapi: 3.1.0
info: {title: 硬币, version: "3"}
paths:
  /v3/coin/mint:
    post:
      operationId: Mint
      summary: 铸币
      responses:
        "204": {description: 空}
`

// The hooks run existing verbs, with the flags in the docs.
func TestHooks(t *testing.T) {
	var hooks []struct {
		ID, Entry, Language string
		Pass                *bool `yaml:"pass_filenames"`
	}
	if err := yaml.Unmarshal([]byte(read(t, filepath.Join("..", "..", ".pre-commit-hooks.yaml"))),
		&hooks); err != nil {
		t.Fatal(err)
	}
	if len(hooks) != 3 {
		t.Errorf("%d hooks", len(hooks))
	}
	for _, h := range hooks {
		if err := knownCommand(h.Entry + " --spec api/wechatpay"); err != nil {
			t.Errorf("%s: %v", h.ID, err)
		}
		if h.Language != "golang" || h.Pass == nil || *h.Pass {
			t.Errorf("%s: pre-commit builds it and names no files: %+v", h.ID, h)
		}
	}
}

// The scripts of completion know the flags.
func TestCompletion(t *testing.T) {
	for shell, word := range map[string]string{"bash": "__start_wxgen", "zsh": "#compdef wxgen",
		"fish": "complete -c wxgen"} {
		var out strings.Builder
		root := newRoot()
		root.SetOut(&out)
		root.SetArgs([]string{"completion", shell})
		if err := root.Execute(); err != nil || !strings.Contains(out.String(), word) {
			t.Errorf("%s: %v, %.100q", shell, err, out.String())
		}
	}
	for line, want := range map[string]string{
		"check --format ": "github", "lint --format s": "sarif", "new PO": "POST",
		"new GET /v3/payroll-card/authentications/pre-order-w": "/v3/payroll-card/" +
			"authentications/pre-order-with-auth",
	} {
		var out strings.Builder
		root := newRoot()
		root.SetOut(&out)
		root.SetArgs(append([]string{cobra.ShellCompRequestCmd}, strings.Split(line, " ")...))
		if err := root.Execute(); err != nil || !strings.Contains(out.String(), want+"\n") {
			t.Errorf("%s: %v, %q", line, err, out.String())
		}
	}
}
