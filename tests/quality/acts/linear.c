/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/linear.h"

#include <linear.h>
#include <stdlib.h>

#include "util/alloc.h"

enum {
	POSITIVE_MIN = 4, /* an act that is seen less often is never said: */
	NEVER = -7,       /* its log odds */
};

struct row {
	struct feature_node *node;
	unsigned acts;
};

struct linear_rows {
	const struct linear *linear;
	struct row *row;
	size_t count;
};

struct linear *
linear_new(const void *ctx, int numbers, size_t feature_count)
{
	struct linear *linear = x_new(ctx, struct linear);

	linear->numbers = numbers;
	linear->column = x_array(linear, int, feature_count);
	linear->feature = x_array(linear, int, feature_count);
	return linear;
}

void
linear_look_at(struct linear *linear, int feature)
{
	if (linear->column[feature] > 0)
		return;
	linear->feature[linear->columns] = feature;
	linear->column[feature] = ++linear->columns;
}

struct linear_rows *
linear_rows_new(const struct linear *linear)
{
	struct linear_rows *rows = x_new(NULL, struct linear_rows);

	rows->linear = linear;
	return rows;
}

static int
width(const struct linear *linear)
{
	return linear->numbers + linear->columns + 1;
}

void
linear_rows_add(struct linear_rows *rows, const float *number,
                const int *feature, size_t count, unsigned acts)
{
	const struct linear *linear = rows->linear;
	struct feature_node *node = x_array(
		rows, struct feature_node, count + (size_t)linear->numbers + 2);
	size_t n = 0;

	for (int i = 0; i < linear->numbers; i++)
		node[n++] = (struct feature_node){i + 1, (double)number[i]};
	for (size_t i = 0; i < count; i++)
		if (linear->column[feature[i]] > 0)
			node[n++] = (struct feature_node){
				linear->numbers + linear->column[feature[i]],
				1};
	node[n++] = (struct feature_node){width(linear), 1};
	node[n] = (struct feature_node){-1, 0};
	*x_append(rows, rows->row, rows->count) = (struct row){node, acts};
}

static void
be_quiet(const char *text)
{
	(void)text;
}

static double *
regress(const void *ctx, const struct problem *problem,
        const struct parameter *parameter)
{
	double *weight = x_array(ctx, double, problem->n);
	struct model *model;
	int positive = 0;

	for (int i = 0; i < problem->l; i++)
		positive += problem->y[i] > 0;
	if (positive < POSITIVE_MIN) {
		weight[problem->n - 1] = NEVER;
		return weight;
	}
	srand(1); /* liblinear shuffles */
	set_print_string_function(be_quiet);
	model = train(problem, parameter);
	for (int i = 0; i < problem->n; i++)
		weight[i] = model->label[0] > 0 ? model->w[i] : -model->w[i];
	free_and_destroy_model(&model);
	return weight;
}

void
linear_fit(struct linear *linear, struct linear_rows *rows, double c,
           enum linear_penalty penalty)
{
	struct parameter parameter = {
		.solver_type = penalty == LINEAR_L1 ? L1R_LR : L2R_LR,
		.C = c,
		.eps = 0.01,
		.p = 0.1,
	};
	struct problem problem = {
		.l = (int)rows->count,
		.n = width(linear),
		.y = x_array(rows, double, rows->count),
		.x = x_array(rows, struct feature_node *, rows->count),
		.bias = 1,
	};

	for (size_t i = 0; i < rows->count; i++)
		problem.x[i] = rows->row[i].node;
	for (int act = 0; act < ND_ACT_COUNT; act++) {
		for (size_t i = 0; i < rows->count; i++)
			problem.y[i] = (rows->row[i].acts >> act) & 1u ? 1 : -1;
		linear->weight[act] = regress(linear, &problem, &parameter);
	}
	talloc_free(rows);
}

double
linear_odds(const struct linear *linear, const float *number,
            const int *feature, size_t count, int act)
{
	const double *weight = linear->weight[act];
	double odds = weight[width(linear) - 1];

	for (int i = 0; i < linear->numbers; i++)
		odds += weight[i] * (double)number[i];
	for (size_t i = 0; i < count; i++) {
		int column = linear->column[feature[i]];

		if (column > 0)
			odds += weight[linear->numbers + column - 1];
	}
	return odds;
}
