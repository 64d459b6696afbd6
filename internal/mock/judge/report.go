package judge

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Verdict is what one check found.
type Verdict struct {
	Check  string `json:"check"`
	Result string `json:"result"` // Pass, Fail or Skip
	Note   string `json:"note,omitempty"`
}

// The results.
const (
	Pass = "pass"
	Fail = "fail"
	Skip = "skip"
)

// Report is what judging a request found.
type Report struct {
	Account  *keys.Account
	Verdicts []Verdict
	Refusal  *refuse.Error // nil if the request is accepted
	Expected string        // the string that should have been signed
	Signed   string        // that was signed instead, where it can be told
	Mistake  string        // what is wrong with it, for people
	Sealed   []Sealed
}

// Sealed is a field that came encrypted.
type Sealed struct {
	At         string `json:"at"` // "/body/user_name"
	Ciphertext string `json:"ciphertext"`
	Clear      string `json:"clear"`
}

func (r *Report) pass(check, note string) {
	r.Verdicts = append(r.Verdicts, Verdict{check, Pass, note})
}

func (r *Report) skip(check, note string) {
	r.Verdicts = append(r.Verdicts, Verdict{check, Skip, note})
}

func (r *Report) fail(check string, e *refuse.Error) {
	r.Verdicts = append(r.Verdicts, Verdict{check, Fail, e.Message})
	r.Refusal = e
}

// check notes a check that may have failed, and reports whether it passed.
func (r *Report) check(name string, e *refuse.Error, note string) bool {
	if e != nil {
		r.fail(name, e)
		return false
	}
	r.pass(name, note)
	return true
}
