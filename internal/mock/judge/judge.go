package judge

import (
	"time"

	"github.com/wxgen/wxgen/internal/mock/keys"
)

// Judge checks requests. It is safe for concurrent use.
type Judge struct {
	Ring *keys.Ring
	Now  func() time.Time

	nonces nonces
}

// Forget forgets all nonces.
func (j *Judge) Forget() { j.nonces.forget() }
