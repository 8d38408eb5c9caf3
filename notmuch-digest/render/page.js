/* SPDX-License-Identifier: GPL-3.0-or-later */
// page.js - the filter and the keys of the HTML report; it reads as well without
(() => {
	"use strict";
	const form = document.querySelector("form");
	if (!form)
		return;
	const words = form.querySelector("input[type=search]");
	const category = form.querySelector("select");
	const count = form.querySelector("output");
	const useKeys = form.querySelector("input[type=checkbox]");
	const threads = [...document.querySelectorAll("article")].map(element => ({
		element,
		title: element.querySelector("a"),
		text: element.textContent.toLowerCase(),
		lines: document.querySelectorAll(`.front a[href="#${element.id}"]`),
	}));

	const isWanted = (thread, wanted) =>
		(!category.value || thread.element.dataset.category === category.value) &&
		wanted.every(word => thread.text.includes(word));

	const filter = () => {
		const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
		let shown = 0;

		for (const thread of threads) {
			const hidden = !isWanted(thread, wanted);

			thread.element.hidden = hidden;
			for (const line of thread.lines)
				line.closest("li").hidden = hidden;
			shown += !hidden;
		}
		const numbers = [shown, threads.length];
		count.value = count.dataset.text.replace(/%s/g, () => numbers.shift());
	};

	const current = () => threads.findIndex(thread =>
		thread.element.contains(document.activeElement));

	const go = step => {
		let at = current();

		if (at < 0)
			at = step > 0 ? -1 : threads.length;
		do
			at += step;
		while (threads[at] && threads[at].element.hidden);
		if (!threads[at])
			return;
		threads[at].title.focus({preventScroll: true});
		threads[at].element.scrollIntoView({block: "start"});
	};

	const here = () => threads[current()];

	const mails = () => {
		const list = here() && here().element.querySelector("details.mails");

		if (list)
			list.open = !list.open;
	};

	const open = () => {
		const link = here() && here().element.querySelector("h3 a:last-child");

		if (link)
			link.click();
	};

	const showAll = () => {
		words.value = category.value = "";
		words.blur();
		filter();
	};

	const keys = {
		j: () => go(1),
		k: () => go(-1),
		m: mails,
		o: open,
		f: () => {
			document.activeElement.blur();
			scrollTo(0, 0);
		},
		"/": () => words.focus(),
	};

	document.addEventListener("keydown", event => {
		if (event.ctrlKey || event.altKey || event.metaKey || !useKeys.checked)
			return;
		if (event.key === "Escape") {
			showAll();
			return;
		}
		if (event.target.matches("input, select") || !keys[event.key])
			return;
		event.preventDefault();
		keys[event.key]();
	});
	form.addEventListener("submit", event => event.preventDefault());
	form.addEventListener("input", filter);
	form.hidden = false;
	filter();
})();
