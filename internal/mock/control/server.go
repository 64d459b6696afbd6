package control

import (
	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

// Prefix is what the paths of the interface begin with.
const Prefix = "/_mock/"

// Server steers an engine.
type Server struct {
	Engine  *mock.Engine
	Changed func() error // is told of new certificates, to store them; may be nil
}

// account is the one with a number, or the first.
func (s *Server) account(number string) (*keys.Account, error) {
	if number == "" {
		return s.Engine.Accounts()[0], nil
	}
	return s.Engine.AccountByID(number)
}
