package mock

// Pending is the number of waiting jobs.
func (e *Engine) Pending() int { return e.clock.Pending() }
