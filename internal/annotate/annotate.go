package annotate

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Note is a finding about a place of a file.
type Note struct {
	Level     string // "error", or "warning"
	File      string // as the user knows it, with slashes; "" if the finding has no file
	Line, Col int    // 0 if the finding is about the whole file
	Text      string
}

// GitHub writes workflow commands. The page of a job that prints them shows each note at its line.
func GitHub(w io.Writer, notes []Note) error {
	for _, n := range notes {
		line := "::" + n.Level
		sep := " "
		for _, p := range []struct {
			name, value string
			is          bool
		}{
			{"file", Rooted(n.File), n.File != ""}, {"line", fmt.Sprint(n.Line), n.Line > 0},
			{"col", fmt.Sprint(n.Col), n.Col > 0}, {"title", "wxgen", true},
		} {
			if p.is {
				line += sep + p.name + "=" + property.Replace(p.value)
				sep = ","
			}
		}
		if _, err := fmt.Fprintf(w, "%s::%s\n", line, message.Replace(n.Text)); err != nil {
			return err
		}
	}
	return nil
}

var (
	message  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// Rooted returns a file's path in the repository, as code hosts know it, in jobs that name their
// root.
func Rooted(file string) string {
	root := os.Getenv("GITHUB_WORKSPACE")
	abs, err := filepath.Abs(filepath.FromSlash(file))
	if root == "" || err != nil {
		return file
	}
	if rel, err := filepath.Rel(root, abs); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return file
}

// SARIF writes a log of SARIF 2.1.0, for code scanning. An empty log says that all is well.
func SARIF(w io.Writer, version string, notes []Note) error {
	results := []result{}
	for _, n := range notes {
		results = append(results, n.result())
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(log{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0",
		Runs: []run{{
			Tool: tool{driver{"wxgen", version, "https://github.com/wxgen/wxgen", []rule{
				{"error", words{"A fault of the description: wxgen generates nothing from it."}},
				{
					"warning", words{
						"What may be right and is probably wrong: a person has to decide.",
					},
				},
			}}},
			ColumnKind: "unicodeCodePoints", Results: results,
		}},
	})
}

func (n Note) result() result {
	r := result{RuleID: n.Level, Level: n.Level, Message: words{n.Text}}
	if n.File == "" {
		return r
	}
	at := physical{Artifact: artifact{Rooted(n.File)}}
	if n.Line > 0 {
		at.Region = &region{n.Line, n.Col}
	}
	r.Locations = []location{{at}}
	return r
}

type (
	log struct {
		Schema  string `json:"$schema"`
		Version string `json:"version"`
		Runs    []run  `json:"runs"`
	}
	run struct {
		Tool       tool     `json:"tool"`
		ColumnKind string   `json:"columnKind"`
		Results    []result `json:"results"`
	}
	tool struct {
		Driver driver `json:"driver"`
	}
	driver struct {
		Name    string `json:"name"`
		Version string `json:"version"`
		URI     string `json:"informationUri"`
		Rules   []rule `json:"rules"`
	}
	rule struct {
		ID    string `json:"id"`
		Short words  `json:"shortDescription"`
	}
	words struct {
		Text string `json:"text"`
	}
	result struct {
		RuleID    string     `json:"ruleId"`
		Level     string     `json:"level"`
		Message   words      `json:"message"`
		Locations []location `json:"locations,omitzero"`
	}
	location struct {
		Physical physical `json:"physicalLocation"`
	}
	physical struct {
		Artifact artifact `json:"artifactLocation"`
		Region   *region  `json:"region,omitzero"`
	}
	artifact struct {
		URI string `json:"uri"`
	}
	region struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitzero"`
	}
)
